"""Sentences WhatsApp itself writes into an export, in the languages we know them in.

Gathered from exports seen, from parsers' public tests and from the app's own wording; not every language has been seen in a
real export. What is missing here is not lost: it stays a message or a notice with its words. Compared without direction
marks, case, and a final full stop. Order of languages:
west, north, east of Europe; Middle East; south, south-east, east Asia.
"""

from __future__ import annotations

from collections.abc import Iterable

BEGIN = 3  # characters by which phrases are looked up

MEDIA_OMITTED = """
Media omitted|Media file omitted|Multimedia omitido|Archivo omitido|Archivo multimedia omitido|Mídia oculta
Arquivo de mídia oculto|Mídia omitida|Ficheiro não revelado|Ficheiro omitido|Multimédia omitida|Arquivo omitido
Médias omis|Fichier omis|Média omis|Médias exclus|Medien ausgeschlossen|Medien weggelassen|Mediendatei entfernt
Media omessi|Media omesso|File omesso|Media weggelaten|Mitjans omesos|Multimèdia omès|Fitxer omès|Media har utelämnats
Media utelämnat|Media utelämnad|Media utelatt|Medier utelatt|Mediefil udeladt|Medier udeladt|Media jätettiin pois
Media poistettu|Mediatiedosto jätetty pois|Без медиафайлов|Файл пропущен|Медиафайл пропущен|Медиа пропущены
Без медіафайлів|Медіафайл пропущено|pominięto multimedia|Multimedia pominięte|plik pominięty|Média vynechána
Média byla vynechána|Médiá vynechané|Média kihagyva|Hiányzó médiafájl|Fișiere media omise|Media omisă|Fișier omis
Файлът е пропуснат|Мултимедията е пропусната|Medijski zapis izostavljen|Medij izostavljen|Медиј изостављен
Mediji so izpuščeni|Παραλήφθηκαν πολυμέσα|Εξαιρέθηκαν πολυμέσα|Πολυμέσα παραλείφθηκαν|Meedia välja jäetud
Multivide izlaista|Medija praleista|Medya dahil edilmedi|Medya atlandı|Media buraxıldı|تم استبعاد الوسائط
الوسائط غير مدرجة|تم حذف الوسائط|رسانه حذف شد|پیوست رسانه حذف شد|رسانه حذف‌شده|המדיה לא נכללה|המדיה הושמטה|מדיה הושמטה
میڈیا شامل نہیں|میڈیا چھوڑ دیا گیا|मीडिया छोड़ा गया|मीडिया के बिना|मीडिया शामिल नहीं है|মিডিয়া বাদ দেওয়া হয়েছে
মিডিয়া অন্তর্ভুক্ত নয়|मीडिया वगळले|મીડિયા છોડ્યું|ਮੀਡੀਆ ਛੱਡਿਆ ਗਿਆ|மீடியா தவிர்க்கப்பட்டது|మీడియా విస్మరించబడింది
ಮಾಧ್ಯಮ ಕೈಬಿಡಲಾಗಿದೆ|മീഡിയ ഒഴിവാക്കി|Media tidak disertakan|Media disingkirkan|Phương tiện bị bỏ qua
File phương tiện bị bỏ qua|Bỏ qua phương tiện|ไม่รวมสื่อ|ไม่ได้แนบสื่อ|ละเว้นสื่อ|Inalis ang media|Media imeachwa
Media weggelaat|省略多媒体文件|已忽略多媒体文件|忽略多媒體檔|已略過多媒體檔|省略多媒體檔案|媒體已略去|媒體檔案已略去
メディアは含まれていません|メディア省略|メディアは省略されました|미디어 파일 제외됨|미디어 생략됨|미디어 제외됨
Conținut media omis|మాధ్యమం విస్మరించబడింది|Walang kalakip na media|Média vynechány|Εξαίρεση πολυμέσων|Bez multivides
Файл қосылған жоқ|મીડિયા અવગણાયું|Fayl o‘tkazib yuborildi|pliki pominięto|Bỏ qua Media|Pa media|Medij izpuščen
Media imerukwa|Medya atlanmış|ஊடகங்கள் நீக்கப்பட்டது|สื่อถูกลบ|پيوست نما/آهنگ حذف شد|Praleistas medijos turinys
Uten vedlegg|Meedia ära jäetud|Без файл|Media çıxarılmışdır|미디어 파일을 생략한 대화내용|Без фајл|медији су изостављени
Медіа пропущено|Медиа отсутствует|Médias absente|המדיה הוסרה|Média manquante|Media mancante|Αποχρεωτική παραλαβή μέσων
Медіа відсутня|Medien fehlen|ملفات مفقودة|Media omitida|省略影音内容|Multimedia vynechané|Arquivo oculto
"""

# One per kind of file (iPhone). The kind decides nothing but sticker and contact.
OMITTED = """
image omitted|video omitted|audio omitted|GIF omitted|document omitted|video note omitted|voice message omitted
imagen omitida|video omitido|vídeo omitido|audio omitido|GIF omitido|documento omitido|imagem ocultada|imagem omitida
vídeo ocultado|áudio ocultado|áudio omitido|GIF ocultado|documento ocultado|image absente|image omise|vidéo absente
vidéo omise|audio omis|audio absent|GIF retiré|GIF omis|document omis|document manquant|Bild weggelassen
Video weggelassen|Audio weggelassen|GIF weggelassen|Dokument weggelassen|immagine omessa|video omesso|audio omesso
GIF esclusa|GIF omessa|documento omesso|afbeelding weggelaten|video weggelaten|audio weggelaten|GIF weggelaten
document weggelaten|imatge omesa|vídeo omès|àudio omès|bild utelämnad|bild har utelämnats|video utelämnad
ljud utelämnat|dokument utelämnat|bilde utelatt|video utelatt|lyd utelatt|dokument utelatt|billede udeladt
video udeladt|lyd udeladt|dokument udeladt|kuva jätetty pois|video jätetty pois|ääni jätetty pois
изображение пропущено|изображение отсутствует|видео пропущено|видео отсутствует|аудио пропущено|аудиофайл отсутствует
документ пропущен|GIF пропущен|зображення пропущено|відео пропущено|аудіо пропущено|документ пропущено|pominięto obraz
grafika pominięta|obraz pominięty|pominięto film|film pominięty|pominięto audio|audio pominięte|dokument pominięty
obrázek vynechán|video vynecháno|zvuk vynechán|audio vynecháno|dokument vynechán|obrázok vynechaný|kép kihagyva
videó kihagyva|hang kihagyva|imagine omisă|videoclip omis|изображението е пропуснато|slika izostavljena
videozapis izostavljen|εικόνα παραλείφθηκε|βίντεο παραλείφθηκε|ήχος παραλείφθηκε|η εικόνα παραλείφθηκε
görüntü dahil edilmedi|video dahil edilmedi|ses dahil edilmedi|GIF dahil edilmedi|belge dahil edilmedi
تم استبعاد الصورة|تم استبعاد الفيديو|تم استبعاد الصوت|تم استبعاد المستند|الصورة غير مدرجة|صورة محذوفة|تصویر حذف شد
ویدیو حذف شد|התמונה הושמטה|תמונה הושמטה|הסרטון הושמט|סרטון הושמט|קובץ השמע הושמט|המסמך הושמט|तस्वीर छोड़ी गई
वीडियो छोड़ा गया|ऑडियो छोड़ा गया|छवि छोड़ी गई|दस्तावेज़ छोड़ा गया|ছবি বাদ দেওয়া হয়েছে|ভিডিও বাদ দেওয়া হয়েছে
gambar tidak disertakan|video tidak disertakan|audio tidak disertakan|dokumen tidak disertakan|GIF tidak disertakan
imej disingkirkan|hình ảnh bị bỏ qua|video bị bỏ qua|đã bỏ qua hình ảnh|đã bỏ qua video|ไม่รวมรูปภาพ|ไม่รวมวิดีโอ
ไม่รวมไฟล์เสียง|图像已忽略|图片已忽略|视频已忽略|音频已忽略|文档已忽略|GIF已忽略|已忽略图片|已忽略视频|圖片已略過
影片已略過|音訊已略過|已略過圖片|已略過影片|已略過音訊|已省略圖片|圖像已略去|影片已略去|略去圖片|画像は省略されました
画像省略|画像は含まれていません|動画は省略されました|ビデオ省略|ビデオは省略されました|オーディオ省略
音声は省略されました|書類は省略されました|GIF省略|사진 생략됨|이미지 생략됨|이미지 생략|사진 제외됨|동영상 생략됨
비디오 생략됨|오디오 생략됨|문서 생략됨
imagem não revelada|зображення відсутнє|لم يتم إدراج الصورة|ইমেজ বাদ দেওয়া হয়েছে|圖片已略去|圖像已省略|照片已忽略
تصویر نکال دی گئی ہے|ไม่มีรูปภาพ|bild utesluten|bilde ikke inkludert|imej tidak dimasukkan|इमेज वगळली
kép küldése sikertelen|फ़ोटो हटाई गई|છબી પડતી મૂકાઈ|íomhá ligthe ar lár|ei kuvaa|סרטון הווידאו הושמט
vídeo não revelado|відео відсутнє|لم يتم إدراج الفيديوهات|影片已省略|đã bỏ video|ویڈیو نظرانداز|วิดีโอถูกลบ|video utesluten
video vynechané|wideo pominięte|clip video omis|video tidak dimasukkan|व्हिडीओ वगळला|ビデオは含まれていません|video izostavljen
વિડિયો પડતી મુકાઈ|físeán ligthe ar lár|videota ei sisällytetä|קטע קול הושמט|ficheiro de áudio não revelado
аудіо відсутнє|لم يتم إدراج المقاطع الصوتية|অডিও বাদ দেওয়া হয়েছে|音訊已略去|音訊已省略|bỏ qua tệp âm thanh|آڈیو نظرانداز
ไม่มีไฟล์เสียง|ljud utelslutet|ljud uteslutet|zvuk vynechaný|fără audio|audio tidak dimasukkan|ऑडिओ वगळला|音声は含まれていません
Hang kihagyása|zvuk izostavljen|ऑडियो हटाई गयी|ઓડિયો ફાઇલ શામેલ કરી નથી|comhad fuaime ar lár
äänitiedostoa ei sisällytetä|صدا حذف شد|zvukový soubor vynechán|GIF הושמט|GIF отсутствует|GIF não revelada
Παράληψη GIF|GIF-анімацію пропущено|لم يتم إدراج صورة GIF|জিআইএফ বাদ দেওয়া হয়েছে|GIF 已略去|GIF 圖片已被省略|GIF 动态图已被忽略
Đã bỏ qua ảnh GIF|GIF نظرانداز|ละเว้น GIF|GIF utesluten|GIF vynechaný|Plik GIF pominięty|GIF utelatt
GIF tidak dimasukkan|GIF वगळले|GIF 생략됨|GIFは含まれていません|GIF fájl kihagyása|GIF izostavljen|GIF छोड़ा गया|GIF પડતી મૂકાઈ
GIF ligthe ar lár|GIF-animaatio jätetty pois|GIF حذف شد|GIF udeladt|GIF vynechán|GIF omès|מסמך הושמט
документ отсутствует|documento não revelado|έγγραφο παραλείφθηκε|لم يتم إدراج المستند|ডকুমেন্ট বাদ দেওয়া হয়েছে|文件已略去
文件已忽略|文档已省略|đã bỏ qua tài liệu|دستاویز نظرانداز|ละเว้นเอกสาร|dokument uteslutet|dokument vynechaný|utelatt dokument
dokumen tidak dimasukkan|डॉक्युमेंट वगळले|ドキュメントは含まれていません|dokumentum kihagyva|dokument izostavljen
डॉक्यूमेंट छोड़ा गया|ડોક્યુમેન્ટ સામેલ કર્યું નહિ|cáipéis ligthe ar lár|dokumenttia ei sisällytetä|سند حذف شد
Document omès|Videonachricht weggelassen|nota de video omitida|Sprachnachricht weggelassen
view once voice message omitted
"""
STICKER_OMITTED = """
sticker omitted|sticker omitido|figurinha omitida|figurinha ocultada|autocolante omitido|sticker omis
sticker weggelassen|sticker omesso|sticker non incluso|sticker weggelaten|sticker utelämnad|klistermärke utelämnat
klistremerke utelatt|sticker udeladt|klistermærke udeladt|tarra jätetty pois|стикер пропущен|стикер отсутствует
стікер пропущено|naklejka pominięta|pominięto naklejkę|samolepka vynechána|nálepka vynechaná|matrica kihagyva
autocolant omis|αυτοκόλλητο παραλείφθηκε|Çıkartma dahil edilmedi|تم استبعاد الملصق|ملصق غير مدرج|המדבקה הושמטה
מדבקה הושמטה|स्टिकर छोड़ा गया|স্টিকার বাদ দেওয়া হয়েছে|stiker tidak disertakan|pelekat disingkirkan
nhãn dán bị bỏ qua|đã bỏ qua nhãn dán|ไม่รวมสติกเกอร์|表情包已忽略|贴图已忽略|貼圖已略過|已略過貼圖|貼圖已略去
ステッカー省略|ステッカーは省略されました|스티커 생략됨|스티커 제외됨
סטיקר הושמט|стикер не добавлен|sticker não revelado|αυτοκόλλητο παραλήφθηκε|Наклейку не додано|تم حذف الملصقات|貼圖已忽略
贴图已省略|đã bỏ sticker|اسٹیکر نظرانداز|ไม่มีสติกเกอร์|sticker utesluten|pelekat tidak disertakan|स्टिकर वगळले
スタンプは含まれていません|naljepnica izostavljena|સ્ટીકર પડતું મુકાયું|fágadh an greamán ar lár|tarraa ei sisällytetty
استیکر حذف شد|nálepka vynechána|adhesiu omès
"""
CONTACT_OMITTED = """
Contact card omitted|Tarjeta de contacto omitida|Cartão do contato omitido|Cartão de contacto omitido
Fiche contact omise|carte de contact omise|Kontaktkarte ausgelassen|Kontaktkarte weggelassen|Scheda contatto omessa
Contactkaart weggelaten|kontaktkort utelämnat|kontaktkort utelatt|kontaktkort udeladt|yhteystietokortti jätetty pois
карточка контакта пропущена|Карточка контакта отсутствует|wizytówka pominięta|karta kontaktu vynechána
Kişi kartı dahil edilmedi|تم استبعاد بطاقة جهة الاتصال|כרטיס איש הקשר הושמט|संपर्क कार्ड छोड़ा गया
kartu kontak tidak disertakan|名片已忽略|聯絡人資訊已略過|連絡先カード省略|연락처 카드 생략됨
כרטיס איש קשר הושמט|Fiche contact manquante|Contacto não revelado|Η κάρτα επαφής παραλήφθηκε|Картка контакту відсутня
لم يتم إدراج بطاقة جهة اتصال|পরিচিতির কার্ড বাদ দেওয়া হয়েছে|聯絡人卡片已略去|聯絡人卡片已省略|联系人卡片已忽略|Bỏ qua thẻ liên lạc
رابطہ کارڈ نظر انداز|บัตรรายชื่อที่ละเว้น|Kontaktkort uteslutet|Karta kontaktu vynechaná|Pominięta wizytówka kontaktu
Carte de vizită contact omisă|Visitekaartje weggelaten|Kontaktkort sløyfet|Kad kenalan tidak dimasukkan
संपर्क कार्ड वगळले|連絡先カードを省略|Névjegykártya kihagyva|Posjetnica izostavljena|कॉन्टैक्ट कार्ड छोड़ा गया
સંપર્કનું કાર્ડ પડતું મૂકાયું|Cárta teagmhála ar lár|Yhteystietokortti jätettiin pois|برگ مخاطب حذف شد
Vizitka vynechána|Targeta de contacte omesa
"""

# iPhone: <attached: 00000042-PHOTO.jpg>
ATTACHED = """
attached|adjunto|anexado|anexo|pièce jointe|fichier joint|joint|Anhang|allegato|bijgevoegd|bijlage|adjunt|bifogad
bifogat|vedlagt|vedhæftet|liite|liitetty|прикреплено|вложение|долучено|вкладення|załączono|załącznik|přiloženo|příloha
priložené|csatolva|csatolt fájl|atașat|прикачено|priloženo|προσαρτήθηκε|συνημμένο|ekli|eklendi|eklenen|ek|مرفق|المرفق
پیوست|מצורף|संलग्न|संलग्न है|সংযুক্ত|terlampir|lampiran|dilampirkan|đính kèm|đã đính kèm|แนบ|แนบมา|附件|附加|已附加
添付ファイル|添付|첨부|첨부됨|첨부 파일
المُرفق|επισυνάφθηκε|додано|پیوستہ|príloha|atașare|dilampir|संलग्न केले|अटैच किया गया|જોડાયેલ|ceangailte|angehängt
"""
# Android: IMG-20231230-WA0003.jpg (file attached)
FILE_ATTACHED = """
file attached|archivo adjunto|arquivo anexado|ficheiro anexado|arquivo anexo|fichier joint|fichier attaché
Datei angehängt|file allegato|bestand bijgevoegd|fitxer adjunt|bifogad fil|fil bifogad|fil vedlagt|vedlagt fil
fil vedhæftet|vedhæftet fil|tiedosto liitetty|liitetiedosto|файл добавлен|файл прикреплен|файл прикреплён|файл додано
файл долучено|plik dołączony|dołączono plik|załączono plik|plik w załączniku|soubor byl přiložen|soubor přiložen
přiložený soubor|súbor priložený|priložený súbor|fájl csatolva|csatolt fájl|fișier atașat|fişier ataşat|прикачен файл
datoteka priložena|priložena datoteka|датотека приложена|фајл је приложен|συνημμένο αρχείο|επισυναπτόμενο αρχείο
αρχείο συνημμένο|dosya ekli|dosya eklendi|fayl əlavə edildi|fayl biriktirildi|ملف مرفق|الملف مرفق|تم إرفاق الملف
فایل پیوست شد|فایل ضمیمه شد|فایل پیوست شده|קובץ מצורף|הקובץ מצורף|فائل منسلک ہے|منسلک فائل|फ़ाइल संलग्न है
फ़ाइल संलग्न|फ़ाइल जोड़ी गई|फाइल जोडली आहे|ফাইল সংযুক্ত|ফাইল সংযুক্ত করা হয়েছে|ફાઇલ જોડેલી છે|கோப்பு இணைக்கப்பட்டது
ఫైల్ జోడించబడింది|ಫೈಲ್ ಲಗತ್ತಿಸಲಾಗಿದೆ|ഫയൽ അറ്റാച്ച് ചെയ്തു|file terlampir|berkas terlampir|fail dilampirkan
fail terlampir|tệp đính kèm|tệp đã đính kèm|đã đính kèm tệp|đính kèm file|ไฟล์ที่แนบมา|ไฟล์แนบ|แนบไฟล์
nakalakip na file|faili imeambatishwa|lêer aangeheg|文件附件|檔案附件|附件檔案|已附加檔案|附件|添付ファイル
ファイル添付|ファイルが添付されています|파일 첨부됨|첨부된 파일|첨부파일
ఫైల్ జోడించబడినది|arxiu adjunt|添付ファイル有り|pievienots fails|फाइल संलग्न|қосымша файл|ફાઇલ જોડાયેલ|फाइल अटैच कर दी गई है
załączony plik|skedë e ngjitur|súbor pripojený|پیوستہ فائل|byla prisegta|archivo adjuntado|fail lisatud
datoteka u privitku|ফাইল সংযুক্ত হয়েছে|fayl əlavə olunub|ഫയൽ ചേർത്തു|прикачен фајл|ಕಡತ ಸೇರಿಸಲಾಯಿತು|прикачена датотека
ਅਟੈਚ ਕੀਤੀ ਫਾਇਲ|ਫਾਈਲ ਅਟੈਚ ਕੀਤੀ
"""

# iPhone, in place of what can be seen once, or only on the phone.
VIEW_ONCE = """
You received a view once|You sent a view once|Recibiste un mensaje de visualización única|View once voice message omitted
No se puede mostrar este mensaje aquí|This message can't be displayed here|This message can’t be displayed here
"""

# Android, where the sentence stands before the name: `SENTENCE IMG-20231230-WA0003.jpg`.
ATTACHED_BEFORE = """
فایل پیوست شد|فایل پیوست شده
"""

DELETED = """
This message was deleted|This message has been deleted|Message deleted|Se eliminó este mensaje
Este mensaje fue eliminado|Mensaje eliminado|Mensagem apagada|Esta mensagem foi apagada|Esta mensagem foi eliminada
Ce message a été supprimé|Diese Nachricht wurde gelöscht|Questo messaggio è stato eliminato|Dit bericht is verwijderd
Dit bericht werd verwijderd|S'ha suprimit aquest missatge|Aquest missatge s'ha suprimit
Det här meddelandet har tagits bort|Det här meddelandet togs bort|Det här meddelandet raderades
Denne meldingen ble slettet|Denne meldingen er slettet|Denne besked blev slettet|Denne besked er slettet
Tämä viesti on poistettu|Tämä viesti poistettiin|Это сообщение удалено|Данное сообщение удалено|Сообщение удалено
Це повідомлення видалено|Це повідомлення було видалено|Ta wiadomość została usunięta|Usunięto tę wiadomość
Wiadomość usunięta|Tato zpráva byla odstraněna|Tato zpráva byla smazána|Táto správa bola odstránená
Táto správa bola vymazaná|Ez az üzenet törölve lett|Ezt az üzenetet törölték|Acest mesaj a fost șters
Това съобщение беше изтрито|Ova je poruka izbrisana|Ova poruka je izbrisana|Ова порука је избрисана
To sporočilo je bilo izbrisano|Αυτό το μήνυμα διαγράφηκε|Αυτό το μήνυμα διαγράφτηκε|Bu mesaj silindi
تم حذف هذه الرسالة|هذه الرسالة محذوفة|این پیام حذف شد|این پیام حذف شده است|הודעה זו נמחקה|ההודעה נמחקה
یہ پیغام حذف کر دیا گیا|یہ پیغام حذف کر دیا گیا تھا|यह मैसेज हटा दिया गया|यह मैसेज हटा दिया गया है
यह मैसेज डिलीट कर दिया गया|यह मैसेज डिलीट किया गया|यह संदेश मिटा दिया गया है|এই মেসেজটি মুছে ফেলা হয়েছে
এই মেসেজ মুছে ফেলা হয়েছে|हा मेसेज हटवला आहे|இந்தச் செய்தி நீக்கப்பட்டது|ఈ సందేశం తొలగించబడింది
ಈ ಸಂದೇಶವನ್ನು ಅಳಿಸಲಾಗಿದೆ|ഈ സന്ദേശം ഇല്ലാതാക്കി|આ મેસેજ ડિલીટ કરવામાં આવ્યો|Pesan ini telah dihapus|Pesan ini dihapus
Mesej ini telah dipadam|Mesej ini telah dipadamkan|Tin nhắn này đã bị xóa|Tin nhắn này đã bị xoá|Tin nhắn đã bị xóa
ข้อความนี้ถูกลบแล้ว|ข้อความนี้ถูกลบ|Binura ang mensaheng ito|Ujumbe huu umefutwa|Hierdie boodskap is geskrap
此消息已删除|此消息已被删除|此訊息已刪除|此訊息已被刪除|該訊息已刪除|這則訊息已刪除|このメッセージは削除されました
삭제된 메시지입니다|이 메시지는 삭제되었습니다|삭제한 메시지입니다
Itong mensahe ay binura na|这条消息已被删除|信息已删除|یہ میسج حذف کر دیا گیا ہے|এই মেসেজটি বাদ দেওয়া হয়েছে
Ez az üzenet törlésre került|Denne besked er blevet slettet|हा मेसेज हटवण्यात आला|हा संदेश हटविण्यात आला होता
यह मैसेज डिलीट कर दिया गया है|यह संदेश मिटाया गया|આ મેસેજ ડિલીટ કરાયો|આ સંદેશ રદ્દ કરાયો
Scriosadh an teachtaireacht seo|Aquest missatge està esborrat|Šī ziņa tika izdzēsta|Бұл хат жойылды
Ushbu xabar o‘chirildi|Detta meddelande raderades|یہ پیغام حذف کیا گیا|Ujumbe huu ulifutwa
இத்தகவல் திரும்பப்பெறப்பட்டது|ข้อความนี้ได้ถูกลบ|Ši žinutė buvo ištrinta|See sõnum on kustutatud
Съобщението беше изтрито|এই বার্তাটি মুছে ফেলা হয়েছে|Hierdie boodskap was uitgevee|Bu ismarıc silindi
ഈ സന്ദേശം ഇല്ലാതാക്കിയതാണ്|Оваа порака беше избришана|ಈ ಸಂದೇಶವು ಅಳಿಸಲ್ಪಟ್ಟಿದೆ|Esta mensagem foi apagada pelo remetente
Ова порука је обрисана|ਇਸ ਸੁਨੇਹੇ ਨੂੰ ਹਟਾਇਆ ਗਿਆ|Questo messaggio è stato cancellato|Ten wiadomość została usunięta
"""
DELETED_BY_ME = """
You deleted this message|Eliminaste este mensaje|Has eliminado este mensaje|Você apagou esta mensagem
Apagou esta mensagem|Eliminou esta mensagem|Apagaste esta mensagem|Vous avez supprimé ce message
Du hast diese Nachricht gelöscht|Hai eliminato questo messaggio|U hebt dit bericht verwijderd
Je hebt dit bericht verwijderd|U heeft dit bericht verwijderd|Heu suprimit aquest missatge
Du tog bort det här meddelandet|Du raderade det här meddelandet|Du slettet denne meldingen|Du slettede denne besked
Poistit tämän viestin|Вы удалили это сообщение|Вы удалили данное сообщение|Ви видалили це повідомлення
Usunąłeś tę wiadomość|Usunięto przez Ciebie|Usunęłaś tę wiadomość|Usunąłeś(aś) tę wiadomość
Odstranili jste tuto zprávu|Smazali jste tuto zprávu|Odstránili ste túto správu|Törölted ezt az üzenetet
Ai șters acest mesaj|Изтрихте това съобщение|Izbrisali ste ovu poruku|Избрисали сте ову поруку
Διαγράψατε αυτό το μήνυμα|Bu mesajı sildiniz|Bu mesajı sildin|لقد حذفت هذه الرسالة|لقد حذفتَ هذه الرسالة
حذفت هذه الرسالة|قمت بحذف هذه الرسالة|شما این پیام را حذف کردید|מחקת את ההודעה|מחקת הודעה זו|מחקת את ההודעה הזו
آپ نے یہ پیغام حذف کر دیا|आपने यह मैसेज हटाया|आपने यह मैसेज हटा दिया|आपने यह मैसेज डिलीट किया
आपने इस मैसेज को डिलीट किया|আপনি এই মেসেজটি মুছে ফেলেছেন|আপনি এই মেসেজটি মুছে দিয়েছেন|Anda menghapus pesan ini
Anda telah menghapus pesan ini|Anda telah memadamkan mesej ini|Anda memadam mesej ini|Bạn đã xóa tin nhắn này
Bạn đã xoá tin nhắn này|คุณลบข้อความนี้แล้ว|คุณลบข้อความนี้|คุณได้ลบข้อความนี้|Binura mo ang mensaheng ito
Ulifuta ujumbe huu|你已删除此消息|您已删除此消息|您删除了此消息|你删除了这条消息|您已刪除此訊息|你已刪除此訊息
您刪除了此訊息|你刪除了此訊息|你刪除了這則訊息|您刪除了這則訊息|あなたはこのメッセージを削除しました
このメッセージを削除しました|메시지를 삭제했습니다|이 메시지를 삭제했습니다
Has suprimit aquest missatge|Has esborrat aquest missatge|Διαγράψατε το μήνυμα|لقد حذَفت هذه الرسالة
আপনি এই মেসেজটি বাদ দিয়েছেন|您已删除这条消息|您删除这个信息|آپ نے یہ میسج حذف کر دیا ہے|آپ نے اس پیغام کو حذف کیا
Du har tagit bort meddelandet|Du raderade detta meddelande|Túto správu ste odstránili|Usunąłeś(-ęłaś) tę wiadomość
Ați șters acest mesaj|तुम्ही हा मेसेज हटवला|आपण हा संदेश हटविलात|삭제한 메시지입니다|Ezt az üzenetet törölted
आपने यह संदेश मिटाया|તમે આ મેસેજ ડિલીટ કર્યો|તમે આ સંદેશને રદ્દ કર્યો|Scrios tú an teachtaireacht seo
Du har slettet denne besked|Tuto zprávu jste smazal/a|Tuto zprávu jste odstranil/a|Binura mo itong mensahe
Jūs izdzēsāt šo ziņu|Сіз бұл хатты жойдыңыз|Siz ushbu xabarni o‘chirdingiz|To sporočilo ste izbrisali
Umefuta ujumbe huu|இத்தகவலை தாங்கள் அழித்தீர்கள்|Jūs ištrynėte šią žinutę|Kustutasid selle sõnumi
আপনি এই বার্তাটি মুছে ফেলেছেন|Jy het boodskap uitgevee|Siz bu ismarıcı sildiniz|ഈ സന്ദേശം നിങ്ങൾ ഇല്ലാതാക്കി
Ја избриша оваа порака|ನೀವು ಈ ಸಂದೇಶವನ್ನು ಅಳಿಸಿದ್ದೀರಿ|Обрисао/ла си ову поруку|ਤੁਸੀਂ ਇਹ ਸੁਨੇਹਾ ਹਟਾਇਆ
أنت حذفت هذه الرسالة|Borraste este mensaje|Sie haben diese Nachricht gelöscht
"""
DELETED_BY_ADMIN = """
This message was deleted by admin|This message was deleted by the admin|You deleted this message as admin
Un admin. eliminó este mensaje|El admin. eliminó este mensaje|Este mensaje fue eliminado por el admin
Mensagem apagada por admin|Esta mensagem foi apagada pelo admin|Esta mensagem foi apagada por um admin
Ce message a été supprimé par l’admin|Ce message a été supprimé par l'admin|Diese Nachricht wurde von Admin
Diese Nachricht wurde vom Admin|Questo messaggio è stato eliminato dall'amministratore
Questo messaggio è stato eliminato dall’amministratore|Dit bericht is verwijderd door beheerder
Это сообщение удалено админом|Bu mesaj yönetici|Pesan ini dihapus oleh admin
"""

EDITED = """
This message was edited|Edited|Se editó este mensaje|Este mensaje se editó|Este mensaje fue editado|Mensaje editado
Mensagem editada|Esta mensagem foi editada|Ce message a été modifié|Message modifié|Diese Nachricht wurde bearbeitet
Nachricht bearbeitet|Questo messaggio è stato modificato|Messaggio modificato|Dit bericht is bewerkt
Dit bericht werd bewerkt|Aquest missatge s'ha editat|S'ha editat aquest missatge|Det här meddelandet har redigerats
Det här meddelandet redigerades|Denne meldingen ble redigert|Denne meldingen er redigert|Denne besked blev redigeret
Denne besked er redigeret|Tätä viestiä muokattiin|Tätä viestiä on muokattu|Это сообщение изменено
Данное сообщение изменено|Сообщение изменено|Це повідомлення змінено|Це повідомлення відредаговано
Ta wiadomość została edytowana|Wiadomość edytowana|Edytowano tę wiadomość|Tato zpráva byla upravena
Táto správa bola upravená|Ezt az üzenetet szerkesztették|Ez az üzenet szerkesztve lett|Acest mesaj a fost editat
Това съобщение беше редактирано|Ova je poruka uređena|Ova poruka je uređena|Αυτό το μήνυμα υποβλήθηκε σε επεξεργασία
Bu mesaj düzenlendi|تم تعديل هذه الرسالة|تم تحرير هذه الرسالة|هذه الرسالة معدلة|این پیام ویرایش شد
این پیام ویرایش شده است|הודעה זו נערכה|ההודעה נערכה|اس پیغام میں ترمیم کی گئی|یہ پیغام ایڈٹ کیا گیا
इस मैसेज को एडिट किया गया|यह मैसेज एडिट किया गया|यह मैसेज एडिट किया गया है|इस मैसेज में बदलाव किया गया
এই মেসেজটি এডিট করা হয়েছে|এই মেসেজ এডিট করা হয়েছে|Pesan ini diedit|Pesan ini telah diedit|Mesej ini telah diedit
Mesej ini disunting|Tin nhắn này đã được chỉnh sửa|Tin nhắn đã được chỉnh sửa|ข้อความนี้ถูกแก้ไข
ข้อความนี้ถูกแก้ไขแล้ว|In-edit ang mensaheng ito|Ujumbe huu umehaririwa|此消息已编辑|此消息已被编辑|已编辑此消息
此訊息已編輯|此訊息已被編輯|這則訊息已編輯|已編輯此訊息|このメッセージは編集されました|이 메시지는 수정되었습니다
이 메시지는 편집되었습니다|수정된 메시지입니다|편집된 메시지입니다
"""


def phrases(table: str) -> frozenset[str]:
    """The phrases of a table, folded for comparison."""
    return frozenset(folded(phrase) for line in table.strip().split("\n") for phrase in line.split("|"))


def by_beginning(found: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Phrases by their first characters, in the order given. Those that begin with a name ("…") are under ""."""
    table: dict[str, tuple[str, ...]] = {}
    for phrase in found:
        key = "" if phrase[0] == "…" else phrase[:BEGIN]
        table[key] = (*table.get(key, ()), phrase)
    return table


def folded(text: str) -> str:
    """As phrases are compared: no marks, no case, no full stop at the end."""
    return text.strip("\u200e\u200f\u202a\u202c \u00a0").rstrip(".。।").casefold()
