"""Assessment measured: how right (--accuracy) and how fast (default), against a bare scan in the same run.

python bench/assess.py --accuracy          recall and false alarms on dev and held-out lines, by language
python bench/assess.py [--messages N]      messages a second, five repeats, medians, ratio to a bare multi-pattern scan
python bench/assess.py --quick             a tenth of the messages, three repeats
"""

from __future__ import annotations

import argparse
import math
import statistics
import time
from collections import Counter
from pathlib import Path

from holdfast.assessment import assess, assess_text
from holdfast.assessment.lexicon import languages
from holdfast.assessment.matcher import Blob, compiled
from holdfast.model import Message, Place

LINES = Path(__file__).resolve().parents[1] / "tests" / "assessment" / "lines"
EVERYDAY = (
    """
ok see you at six then|did you eat?|haha no way, he really said that|running ten minutes late, traffic again
can you bring the charger please|good morning! slept well?|the meeting moved to thursday afternoon|lol same here
I think the blue one looks better on you|happy birthday!! have a great day|where did you put the keys
just landed, waiting for the bags|mum asked if you are coming on sunday|thanks, that helped|let me check and get back to you
no worries, take your time|what a match last night|do you want to watch something later|I'm so tired today
sent you the file, have a look|we need milk and eggs|how was the exam?|that restaurant is closed on mondays|on my way
他今天没来上班|晚上吃什么|好的,明天见|哈哈哈太好笑了|我刚到家,你呢|记得带伞,下午有雨|会议改到周四下午了|生日快乐!
这件衣服好看吗|快递到了,帮我拿一下|周末去爬山吗|我先睡了,晚安|地铁上人好多|作业写完了吗|谢谢你,帮了大忙|等我十分钟
""".replace("\n", "|")
    .strip("|")
    .split("|")
)
PICTURES = {"image_leak", "sextortion"}


def lines(language: str, kind: str, part: str) -> list[tuple[str, str]]:
    """Label (or kind of trap) and line of one file."""
    text = (LINES / f"{language}.{kind}.{part}.txt").read_text(encoding="utf-8")
    return [(label, line) for label, _, line in (row.partition("|") for row in text.splitlines() if row)]


def wilson(hits: int, total: int) -> str:
    """Share with its 95 % Wilson interval."""
    if not total:
        return "-"
    share, z = hits / total, 1.96
    middle = (share + z * z / (2 * total)) / (1 + z * z / total)
    half = z * math.sqrt(share * (1 - share) / total + z * z / (4 * total * total)) / (1 + z * z / total)
    return f"{share:.2f} ({middle - half:.2f}-{middle + half:.2f})"


def accuracy(show: str | None) -> None:
    """One row per language and part; with `show`, the lines that went wrong in that part."""
    for language in sorted({path.name.split(".")[0] for path in LINES.glob("*.threats.*")}):
        for part in sorted({path.name.split(".")[2] for path in LINES.glob(f"{language}.threats.*")}):
            threats, traps = lines(language, "threats", part), lines(language, "traps", part)
            by_label: Counter[str] = Counter()
            hit = labelled = 0
            for label, line in threats:
                found = {finding.label for finding in assess_text(line).findings}
                right = label in found or (label in PICTURES and bool(found & PICTURES))
                hit, labelled = hit + bool(found), labelled + right
                by_label[label] += right
                if show == part and not right:
                    print(f"  missed {label}: {line}  {sorted(found)}")
            clear = possible = advice = 0
            for kind, line in traps:
                findings = assess_text(line).findings
                certain = any(finding.certainty == "clear" for finding in findings)
                clear, possible = clear + certain, possible + (bool(findings) and not certain)
                advice += bool(findings) and kind in ("advice", "victim")
                if show == part and findings:
                    print(f"  fired on {kind}: {line}  {[(f.rule, f.certainty, f.quote) for f in findings]}")
            totals = Counter(label for label, _ in threats)
            shares = ", ".join(f"{label} {by_label[label]}/{totals[label]}" for label in totals)
            fired = clear + possible
            print(
                f"{language} {part}: recall {wilson(hit, len(threats))}, right label {wilson(labelled, len(threats))},"
                f" precision {wilson(hit, hit + fired)}, traps clear {clear} possible {possible} of {len(traps)},"
                f" advice and victims' words {advice}; {shares}"
            )


def speed(count: int, repeats: int = 5) -> None:
    """Messages a second of the whole assessment, and of a bare scan for every anchor word, one pattern a language."""
    threats = [line for language in languages() for _, line in lines(language, "threats", "dev")]
    texts = [
        threats[i // 500 % len(threats)] if i % 500 == 0 else f"{EVERYDAY[i * 7 % len(EVERYDAY)]} {i}" for i in range(count)
    ]
    items = [
        Message(place=Place(file="chat.txt", unit="line", first=n, last=n), text=text, sender="them", from_me=False)
        for n, text in enumerate(texts, 1)
    ]
    bare = [compiled(pattern) for language in languages().values() for pattern in language.anchor_patterns()]
    whole, scan = [], []
    for _ in range(repeats):
        start = time.perf_counter()
        found = len(assess(items).findings)
        whole.append(time.perf_counter() - start)
        start = time.perf_counter()
        blob = Blob([text.lower() for text in texts])
        sum(1 for pattern in bare for _ in pattern.finditer(blob.text))
        scan.append(time.perf_counter() - start)
    a, b = statistics.median(whole), statistics.median(scan)
    print(f"{count} messages, {found} findings: {count / a:,.0f} messages/s; bare scan {count / b:,.0f}; ratio {b / a:.2f}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--accuracy", action="store_true")
    parser.add_argument("--show", help="also print what went wrong in this part (dev)")
    parser.add_argument("--messages", type=int, default=100_000)
    parser.add_argument("--quick", action="store_true", help="a short look: a tenth of the messages, three repeats")
    given = parser.parse_args()
    if given.accuracy:
        accuracy(given.show)
    else:
        speed(given.messages // 10 if given.quick else given.messages, 3 if given.quick else 5)
