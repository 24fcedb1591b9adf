"""The case in CASE/UCO (caseontology.org, unifiedcyberontology.org), as JSON-LD that needs nothing fetched.

Small on purpose: the investigation, each exhibit as a file with its hash and provenance, each custody entry as an action.
"""

from __future__ import annotations

import json
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from holdfast.model import Exhibit, LogLine
from holdfast.outputs.view import CaseView

_UCO = "https://ontology.unifiedcyberontology.org/uco/"
_CONTEXT = {
    "kb": "urn:holdfast:",
    "case-investigation": "https://ontology.caseontology.org/case/investigation/",
    "uco-action": f"{_UCO}action/",
    "uco-core": f"{_UCO}core/",
    "uco-observable": f"{_UCO}observable/",
    "uco-tool": f"{_UCO}tool/",
    "uco-types": f"{_UCO}types/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


def case_jsonld(view: CaseView) -> bytes:
    """The same view gives the same bytes: identifiers are made from the case's id and the numbers of its things."""
    space = uuid5(NAMESPACE_URL, f"urn:holdfast:{view.vault_id}")
    tools = {line.tool for line in view.log if line.kind == "custody"}
    nodes: list[dict[str, Any]] = [_tool(tool, space) for tool in sorted(tools)]
    for exhibit in view.exhibits:
        nodes += [_file(exhibit, space), _provenance(exhibit, space)]
    nodes += [_action(line, view, space) for line in view.log if line.kind == "custody"]
    nodes.append(
        {
            "@id": _id("investigation", view.case_ref, space),
            "@type": "case-investigation:Investigation",
            "uco-core:name": view.case_ref,
            "uco-core:object": [{"@id": node["@id"]} for node in nodes],
        }
    )
    return json.dumps({"@context": _CONTEXT, "@graph": nodes}, indent=1, sort_keys=True).encode("ascii") + b"\n"


def _file(exhibit: Exhibit, space: UUID) -> dict[str, Any]:
    return {
        "@id": _id("exhibit", exhibit.number, space),
        "@type": "uco-observable:File",
        "uco-core:hasFacet": [
            {
                "@id": _id("file-facet", exhibit.number, space),
                "@type": "uco-observable:FileFacet",
                "uco-observable:fileName": exhibit.name,
                "uco-observable:sizeInBytes": exhibit.size,
            },
            {
                "@id": _id("content-facet", exhibit.number, space),
                "@type": "uco-observable:ContentDataFacet",
                "uco-observable:mimeType": exhibit.media_type,
                "uco-observable:hash": [
                    {
                        "@id": _id("hash", exhibit.number, space),
                        "@type": "uco-types:Hash",
                        "uco-types:hashMethod": "SHA256",
                        "uco-types:hashValue": {"@type": "xsd:hexBinary", "@value": exhibit.sha256},
                    }
                ],
            },
        ],
    }


def _provenance(exhibit: Exhibit, space: UUID) -> dict[str, Any]:
    return {
        "@id": _id("provenance", exhibit.number, space),
        "@type": "case-investigation:ProvenanceRecord",
        "case-investigation:exhibitNumber": exhibit.number,
        "uco-core:description": exhibit.origin,
        "uco-core:object": [{"@id": _id("exhibit", exhibit.number, space)}],
    }


def _action(line: LogLine, view: CaseView, space: UUID) -> dict[str, Any]:
    hashes = {each.sha256 for each in line.objects}
    results = [exhibit.number for exhibit in view.exhibits if exhibit.seq == line.seq or exhibit.sha256 in hashes]
    action: dict[str, Any] = {
        "@id": _id("action", str(line.seq), space),
        "@type": "case-investigation:InvestigativeAction",
        "uco-core:name": line.action,
        "uco-action:startTime": {"@type": "xsd:dateTime", "@value": line.time},
        "uco-action:instrument": [{"@id": _id("tool", line.tool, space)}],
    }
    if results:
        action["uco-action:result"] = [{"@id": _id("exhibit", number, space)} for number in results]
    return action


def _tool(name: str, space: UUID) -> dict[str, Any]:
    return {"@id": _id("tool", name, space), "@type": "uco-tool:Tool", "uco-core:name": name}


def _id(kind: str, which: str, space: UUID) -> str:
    return f"kb:{kind}-{uuid5(space, f'{kind}/{which}')}"
