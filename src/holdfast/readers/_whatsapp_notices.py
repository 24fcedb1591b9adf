"""What WhatsApp itself says about a chat (calls, places, payments, encryption, groups), in the languages we know.

As in `_whatsapp_phrases.py`: gathered, not complete; what is missing stays a message or a notice with its words.
"""

from __future__ import annotations

# A call line begins like this; a length may follow ("Video call, 5 min").
CALLS = """
Missed voice call|Missed video call|Missed group voice call|Missed group video call|Voice call|Video call
Silenced voice call|Silenced video call|Call failed|Group call|Missed group call|Missed call|Group voice call
Group video call|Llamada perdida|Llamada de voz perdida
Videollamada perdida|Llamada de voz|Videollamada|Llamada grupal perdida|Chamada de voz perdida
Chamada de vídeo perdida|Ligação de voz perdida|Ligação de vídeo perdida|Chamada de voz não atendida
Chamada de vídeo não atendida|Chamada de voz|Chamada de vídeo|Ligação de voz|Ligação de vídeo|Appel vocal manqué
Appel vidéo manqué|Appel manqué|Appel vocal|Appel vidéo|Verpasster Sprachanruf|Verpasster Videoanruf|Sprachanruf
Videoanruf|Verpasster Anruf|Chiamata vocale persa|Videochiamata persa|Chiamata persa|Chiamata vocale|Videochiamata
Gemiste spraakoproep|Gemiste video-oproep|Gemiste audio-oproep|Gemiste oproep|Spraakoproep|Video-oproep
Missat röstsamtal|Missat videosamtal|Röstsamtal|Videosamtal|Tapt taleanrop|Tapt videoanrop|Ubesvart taleanrop
Ubesvart videoanrop|Taleanrop|Videoanrop|Ubesvaret taleopkald|Ubesvaret videoopkald|Mistet taleopkald
Mistet videoopkald|Taleopkald|Videoopkald|Vastaamaton äänipuhelu|Vastaamaton videopuhelu|Äänipuhelu|Videopuhelu
Пропущенный аудиозвонок|Пропущенный видеозвонок|Пропущенный звонок|Аудиозвонок|Видеозвонок
Пропущений голосовий дзвінок|Пропущений відеодзвінок|Пропущений аудіодзвінок|Аудіодзвінок|Відеодзвінок
Nieodebrane połączenie głosowe|Nieodebrane połączenie wideo|Nieodebrane połączenie|Połączenie głosowe|Połączenie wideo
Zmeškaný hlasový hovor|Zmeškaný videohovor|Hlasový hovor|Videohovor|Nem fogadott hanghívás|Nem fogadott videóhívás
Hanghívás|Videóhívás|Apel vocal pierdut|Apel video pierdut|Apel vocal|Apel video|Пропуснато гласово обаждане
Propušten glasovni poziv|Propušten videopoziv|Αναπάντητη φωνητική κλήση|Αναπάντητη βιντεοκλήση|Φωνητική κλήση
Βιντεοκλήση|Cevapsız sesli arama|Cevapsız görüntülü arama|Sesli arama|Görüntülü arama|مكالمة صوتية فائتة
مكالمة فيديو فائتة|مكالمة صوتية لم يرد عليها|مكالمة فيديو لم يرد عليها|مكالمة صوتية|مكالمة فيديو|تماس صوتی بی‌پاسخ
تماس تصویری بی‌پاسخ|تماس صوتی|تماس تصویری|שיחה קולית שלא נענתה|שיחת וידאו שלא נענתה|שיחה קולית|שיחת וידאו
मिस्ड वॉइस कॉल|मिस्ड वीडियो कॉल|छूटी हुई वॉइस कॉल|छूटी हुई वीडियो कॉल|वॉइस कॉल|वीडियो कॉल|মিসড ভয়েস কল|মিসড ভিডিও কল
ভয়েস কল|ভিডিও কল|مسڈ وائس کال|مسڈ ویڈیو کال|Panggilan suara tak terjawab|Panggilan video tak terjawab|Panggilan suara
Panggilan video|Panggilan suara terlepas|Panggilan video terlepas|Telepon suara|Telepon video|Telepon grup
Panggilan gagal|Panggilan grup|Cuộc gọi thoại nhỡ|Cuộc gọi video nhỡ|Cuộc gọi thoại
Cuộc gọi video|สายโทรด้วยเสียงที่ไม่ได้รับ|สายวิดีโอคอลที่ไม่ได้รับ|สายที่ไม่ได้รับ|วิดีโอคอล|未接语音通话
未接视频通话|未接語音通話|未接視訊通話|未接視像通話|语音通话|视频通话|語音通話|視訊通話|不在着信|不在着信 (音声)
不在着信 (ビデオ)|音声通話の不在着信|ビデオ通話の不在着信|音声通話|ビデオ通話|부재중 음성통화|부재중 영상통화
부재중 음성 통화|부재중 영상 통화|음성통화|영상통화|음성 통화|영상 통화
Cuộc gọi nhỡ|Cuộc gọi nhỡ video|Missat samtal|Zmeškaný hovor|Nieodebrane poł. głosowe|Nieodebrane poł. wideo
Gemist spraakgesprek|Gemist videogesprek|Tapt videosamtale|मिस्ड व्हॉइस कॉल|मिस्ड व्हिडिओ कॉल|부재중 전화
Propušteni glasovni poziv|Propušteni videopoziv|Propušten video poziv|छूटी हुई ध्वनि कॉल|छूटी हुई विडियो कॉल
છૂટી ગયેલો વોઇસ કૉલ|છૂટેલો વોઇસ કૉલ|છૂટી ગયેલ ધ્વનિ કૉલ|છૂટી ગયેલ વિડિયો કૉલ|છૂટી ગયેલ વિડિઓ કૉલ|Guthghlao caillte
Físghlao caillte|Trucada de veu perduda|Videotrucada perduda|Trucada de vídeo perduda|మిస్సేడ్ వాయిస్ కాల్
తప్పిన వీడియోకాల్|Nakaligtaang voice call|Nakaligtaang video call|Αναπάντητη κλήση|Neatbildēts balss zvans
Neatbildēts video zvans|Mistet opkald|Mistede video opkald|Жауапсыз қоңырау|Жауапсыз видео қоңырау
O‘tkazib yub. ovozli qo‘ng‘iroq|O‘tkazib yub. videoqo‘ng‘iroq|Thirrje e shmangur|Videothirrje e shmangur|Zgrešen klic
Neodgovorjen video klic|چھوٹی ہوئی صوتی کال|چھوٹی ہوئی ویڈیو کال|Simu ya sauti uliyoikosa|Simu ya video uliyoikosa
தவறிய குரல் அழைப்பு|தவறிய காணொலி அழைப்பு|สายโทรวิดีโอที่ไม่ได้รับ|Praleistas balso skambutis
Praleistas video skambutis|Vastamata häälkõne|Vastamata videokõne|Nem fogadott videohívás|Пропуснато видео обаждане
মিস করা ভিডিও কল|Stemoproep gemis|Buraxılmış zəng|Buraxılmış video zəng|വിളി നഷ്ടപ്പെട്ടു|നഷ്ടമായ വീഡിയോ കാൾ
Пропуштен гласовен повик|Пропуштен видео повик|ತಪ್ಪಿದ ಧ್ವನಿ ಕರೆ|ತಪ್ಪಿದ ದೃಶ್ಯ ಕರೆ|Videochamada perdida
Пропуштен гласовни позив|Пропуштен видео позив|ਮਿਸ ਹੋਈ ਆਵਾਜ਼ ਕਾਲ|ਮਿਸ ਹੋਈ ਵੀਡੀਓ ਕਾਲ
"""

LIVE_LOCATION = """
live location shared|ubicación en tiempo real compartida|se compartió una ubicación en tiempo real
localização em tempo real compartilhada|localização em tempo real partilhada|localisation en direct partagée
position en direct partagée|live-standort wird geteilt|live-standort geteilt|posizione in tempo reale condivisa
posizione attuale condivisa|live locatie gedeeld|трансляция геоданных|canlı konum paylaşıldı|تمت مشاركة الموقع المباشر
שותף מיקום חי|लाइव लोकेशन शेयर की गई|lokasi terkini dibagikan|lokasi langsung dibagikan|已共享实时位置|已分享即時位置
ライブロケーションを共有|실시간 위치 공유
locație în timp real distribuită|ప్రత్యక్ష స్థాన భాగస్వామ్యం|Геоданные отправлены|ibinahagi ang live na lokasyon
實時位置已分享|Ubicació en directe compartida|byla sdílena aktuální poloha|共享实时位置|ライブロケーション共有
η τωρινή τοποθεσία κοινοποιήθηκε|reāllaika atrašanās vieta|live placering delt|सध्याचे थेट ठिकाण शेअर केले
қазіргі орынмен бөлісті|જીવંત સ્થાન શેર કરાયું|משתף מיקום בשידור חי|lokasi terkini dikongsi
localização atual compartilhada|लाइव स्थान साझा किया गया|jonli joylashuv ulashildi|udostępniona transmisja położenia
vị trí hiện thời được chia sẻ|vendnodhja aktuale u shpërnda|liveposition delad|lokacija v živo je bila deljena
bola zdieľaná aktuálna poloha|جاری مقام کا اشتراک ہوا|mahali mubashara pameshirikishwa|Mevcut konum paylaşıldı
இடம் நேரலையாக பகிரபட்டது|ตำแหน่งปัจจุบันถูกแบ่งปัน|مکان زنده به اشتراک گذاشته شد|tiesioginė vieta bendrinama
posisjon i sanntid delt|live-sijainti jaettu|hetke asukoht jagatud|trenutna lokacija podijeljena
tartózkodási hely megosztva|местоположение в реално време споделено|লাইভ অবস্থান শেয়ার করা হয়েছে
regstreekse ligging gedeel|canlı məkan paylaşılıb|공유한 실시간 위치|ലൈവ് ലൊക്കേഷൻ പങ്കിട്ടു|споделено локација во живо
ನೇರ ಸ್ಥಳ ಹಂಚಿಕೊಳ್ಳಲಾಗಿದೆ|Está a partilhar a sua localização|геодані надіслано|Локација уживо подељена
ਮੌਜੂਦਾ ਟਿਕਾਣਾ ਸਾਂਝਾ ਕੀਤਾ
"""
PAYMENTS = """
You sent a payment|Payment sent|Payment received|Payment requested|You received a payment|Payment to|Payment from
Pagamento enviado|Pagamento recebido|Você enviou um pagamento|भुगतान भेजा गया|आपने भुगतान भेजा
"""

# How the notice about encryption begins. A chat's or group's name can stand before it as if it were a sender.
ENCRYPTION = """
Messages and calls are end-to-end encrypted|Messages and calls are now secured
Messages to this chat and calls are now secured|Messages you send to this chat and calls are now secured
Messages you send to this group are now secured|Messages to this group are now secured
Messages you send to this broadcast|Messages to yourself are end-to-end encrypted|Messages are end-to-end encrypted
Los mensajes y las llamadas están cifrados de extremo a extremo|Los mensajes y llamadas en este chat
Los mensajes en este grupo|Los mensajes en este chat|Las llamadas y mensajes enviados
As mensagens e as chamadas são protegidas|As mensagens e ligações são protegidas
As mensagens e as ligações são protegidas|Mensagens e ligações são protegidas
As mensagens e as chamadas são encriptadas|As mensagens para este grupo|As mensagens e chamadas desta conversa
Les messages et les appels sont chiffrés|Les messages envoyés à ce groupe|Les messages envoyés dans cette discussion
Les messages et appels sont chiffrés|Nachrichten und Anrufe sind Ende-zu-Ende-verschlüsselt
Nachrichten in diesem Chat sowie Anrufe|Nachrichten in dieser Gruppe|I messaggi e le chiamate sono crittografati
I messaggi che invii in questa chat|I messaggi in questo gruppo|I messaggi inviati a questo gruppo
Berichten en oproepen worden end-to-end versleuteld|Berichten en oproepen zijn end-to-end versleuteld
Berichten in deze chat en gesprekken|Berichten in deze groep|Els missatges i les trucades estan xifrats
Meddelanden och samtal är end-to-end-krypterade|Meddelanden och samtal är totalsträckskrypterade
Meldinger og anrop er ende-til-ende-krypterte|Meldinger og anrop er ende-til-ende-kryptert
Beskeder og opkald er end-to-end-krypterede|Beskeder og opkald er krypteret|Viestit ja puhelut ovat täysin salattuja
Viestit ja puhelut salataan|Сообщения и звонки защищены сквозным шифрованием|Сообщения и звонки в данном чате
Сообщения в этой группе|Повідомлення та дзвінки захищено|Повідомлення та дзвінки захищені
Wiadomości i połączenia są w pełni szyfrowane|Wiadomości i rozmowy są szyfrowane|Wiadomości i połączenia są szyfrowane
Zprávy a hovory jsou koncově šifrované|Zprávy a hovory jsou šifrovány|Správy a hovory sú šifrované
Az üzenetek és a hívások végpontok közötti|Mesajele și apelurile sunt criptate|Съобщенията и обажданията са шифровани
Poruke i pozivi potpuno su šifrirani|Poruke i pozivi su šifrovani|Τα μηνύματα και οι κλήσεις
Mesajlar ve aramalar uçtan uca şifrelidir|Bu sohbetteki mesajlar ve aramalar|Bu gruba gönderilen mesajlar
الرسائل والمكالمات مشفرة تمامًا|الرسائل والمكالمات مشفّرة|تحظى الرسائل والمكالمات|الرسائل والمكالمات في هذه الدردشة
پیام‌ها و تماس‌ها رمزگذاری سرتاسر|پیام‌ها و تماس‌ها|ההודעות והשיחות מוצפנות|הודעות ושיחות מוצפנות
ההודעות והשיחות בצ'אט|پیغامات اور کالز اینڈ ٹو اینڈ|मैसेज और कॉल एंड-टू-एंड एन्क्रिप्टेड|मैसेज और कॉल एंड-टू-एंड
मेसेज आणि कॉल|মেসেজ এবং কল এন্ড-টু-এন্ড|মেসেজ ও কল|செய்திகளும் அழைப்புகளும்|సందేశాలు మరియు కాల్‌లు
ಸಂದೇಶಗಳು ಮತ್ತು ಕರೆಗಳು|മെസേജുകളും കോളുകളും|Pesan dan panggilan dienkripsi|Pesan dan panggilan terenkripsi
Pesan ke grup ini|Mesej dan panggilan disulitkan|Tin nhắn và cuộc gọi được mã hóa đầu cuối
Tin nhắn và cuộc gọi được mã hoá|ข้อความและการโทรได้รับการเข้ารหัส|ข้อความและการโทรเข้ารหัส|End-to-end na naka-encrypt
Ujumbe na simu|消息和通话都进行端到端加密|消息和通话都经过端到端加密|此对话中的消息和通话|訊息和通話受到端對端加密
訊息和通話都經端對端加密|訊息及通話均受端對端加密|訊息和通話經端對端加密|メッセージと通話はエンドツーエンド
メッセージと通話は、エンドツーエンド|메시지와 통화는 종단간 암호화|메시지와 통화는 종단 간 암호화
이 채팅방의 메시지와 통화
Messages and calls are now end-to-end encrypted|Your messages and calls are|As mensagens e chamadas são encriptadas
As mensagens e chamadas são protegidas|Повідомлення й дзвінки захищено|الرسائل والمكالمات مشفرة|訊息已受端對端加密保護
میسجز اور کالز اینڈ ٹو اینڈ|Meddelanden och samtal är komplett krypterade|Správy a hovory sú zabezpečené šifrovaním
Wiadomości i połączenia są w pełni zaszyfrowane|Berichten en gesprekken worden end-to-end versleuteld
Meldinger og samtaler er ende-til-ende-krypterte|मेसेजेस आणि कॉल्स एन्ड-टू-एन्ड|메시지 및 전화는 종단간 암호화|메시지 및 전화는 암호화
Az üzenetek és hívások végpontok közötti|Poruke i pozivi zaštićeni su|मैसेजेस और कॉल्स एंड-टू-एंड
મેસેજ અને કૉલ શરૂથી અંત સુધી|Déantar criptiúchán ó cheann go ceann|پیامها و تماسها سرتاسر رمزگذاری
Zprávy a hovory jsou opatřeny koncovým šifrováním|Zprávy a hovory jsou zabezpečeny
Les messages et appels sont protégés|Les messages et les appels sont protégés
"""

# How notices begin that tell the person exporting what they did, or what the chat is. Only where the app marked them.
TO_THE_READER = """
You use a default timer|You blocked this contact|You unblocked this contact|You turned on|You turned off
You updated the message timer|You created
You added|You removed|You changed|You're now|You’re now|You joined|You were added|You left|You pinned|You reset
You're no longer|You’re no longer|You reported|You started|This chat is with|This business|This is a business
This group has over|This account|Disappearing messages|Only admins|Tap to learn more|Anyone in this group
New messages will
Bloqueaste a este contacto|Desbloqueaste a este contacto|Activaste|Desactivaste|Creaste|Añadiste|Eliminaste a|Cambiaste
Te uniste|Te añadieron|Este chat es con|Esta empresa|Los mensajes temporales|Você bloqueou|Você desbloqueou|Você ativou
Você desativou|Você criou|Você adicionou|Você removeu|Você mudou|Você entrou|Esta empresa|As mensagens temporárias
Vous avez bloqué|Vous avez débloqué|Vous avez activé|Vous avez désactivé|Vous avez créé|Vous avez ajouté|Vous avez retiré
Vous avez modifié|Vous avez rejoint|Cette entreprise|Les messages éphémères|Du hast diesen Kontakt|Du hast selbstlöschende
Du hast die Gruppe|Du hast den|Du hast die|Du hast das|Du bist jetzt|Du wurdest|Du bist der Gruppe|Dieses Unternehmen
Dieser Chat ist|Selbstlöschende Nachrichten|Hai bloccato|Hai sbloccato|Hai attivato|Hai disattivato|Hai creato
Hai aggiunto
Hai rimosso|Hai cambiato|Hai modificato|Questa azienda|I messaggi effimeri
"""

# Notices about a person that an iPhone puts under that person's name, as if sent: "opening…ending" with a name between, either
# of which may be empty. The words after the ending ("Tap to learn more") vary.
ABOUT_SENDER = """
Your security code with …changed|קוד האבטחה עם …שונה|Ваш код безопасности с контактом …изменился
Votre code de sécurité avec …a changé|Il tuo codice di sicurezza con …è cambiato
O seu código de segurança partilhado com …mudou|Seu código de segurança com …mudou
Cambió tu código de seguridad con …|Tu código de seguridad con …|Ο κωδικός ασφαλείας σας με …άλλαξε
Код безпеки з контактом …змінився|Deine Sicherheitsnummer für …hat sich geändert
Dein Sicherheitscode mit …hat sich geändert|تغيّر رمز أمانك المُستخدَم مع …|…এর সাথে আপনার নিরাপত্তা কোড পরিবর্তিত হয়েছে
您與…之間的安全代碼已變更|您與…的安全碼已變更|您和…的安全代码已更改|Mã bảo mật của bạn với …đã thay đổi
…کے ساتھ آپ کا سیکیورٹی کوڈ تبدیل ہوگیا ہے|…ile aranızdaki güvenlik kodu değişti
รหัสความปลอดภัยของคุณกับ …มีการเปลี่ยนแปลง|Din säkerhetskod med …har ändrats
Bezpečnostný kód, ktorý zdieľate s používateľom …bol zmenený|Twój kod zabezpieczeń z użytkownikiem …zmienił się
Codul dvs. de securitate cu …s-a schimbat|Uw beveiligingscode voor …is gewijzigd|Je beveiligingscode met …is gewijzigd
Sikkerhetskoden med …ble endret|Kod keselamatan anda dengan …telah berubah|तुमचा …संबंधित सुरक्षा कोड बदलला आहे
…님과의 보안 코드가 변경되었습니다|…とのセキュリティコードが変更されました|…biztonsági kódja megváltozott
Kode keamanan Anda dengan …telah berubah|Vaš sigurnosni kôd za kontakt …promijenio se
…के लिए आपका सुरक्षा कोड बदल गया है|…સાથેનો તમારો સુરક્ષા કોડ બદલાઈ ગયો|Turvanumerosi muuttui henkilön …kanssa
کد امنیتی شما با …تغییر کرد|Din sikkerhedskode for …har ændret sig|Bezpečnostní kód mezi vámi a uživatelem …byl změněn
El teu codi de seguretat amb …ha canviat
"""

# Inside a notice that may carry a group's name or description, which may carry ": ".
GROUP_ACTS = """
created group|created this group|created the group|changed the subject|changed the group name
changed the group description|changed the description|changed this group|changed the community
changed the group settings|added this group to the community|deleted the group description|creó el grupo
creó este grupo|cambió el asunto|cambió el nombre del grupo|cambió la descripción|cambió la descripción del grupo
creaste el grupo|cambiaste el|cambiaste la|criou o grupo|criou este grupo|mudou o nome|mudou a descrição
mudou o assunto|alterou o nome|alterou a descrição|alterou o assunto|você criou o grupo|você mudou|a créé le groupe
a créé ce groupe|a changé le sujet|a changé le nom|a modifié le nom|a changé la description|a modifié la description
a modifié le sujet|vous avez créé le groupe|vous avez modifié|vous avez changé|hat die Gruppe|hat diese Gruppe
hat den Betreff|hat den Gruppennamen|hat die Gruppenbeschreibung|hat die Beschreibung|hast die Gruppe|hast den Betreff
ha creato il gruppo|ha creato questo gruppo|ha cambiato l'oggetto|ha cambiato l’oggetto|ha cambiato il nome
ha cambiato la descrizione|ha modificato la descrizione|ha modificato il nome|hai creato il gruppo|heeft groep
heeft de groep|heeft het onderwerp|heeft de groepsnaam|heeft de groepsomschrijving|heeft de groepsbeschrijving
heeft de beschrijving|hebt de groep|hebt groep|skapade gruppen|ändrade ämnet|ändrade gruppnamnet
ändrade gruppbeskrivningen|opprettet gruppen|endret emnet|endret gruppebeskrivelsen|oprettede gruppen|ændrede emnet
ændrede gruppebeskrivelsen|loi ryhmän|vaihtoi aiheen|muutti ryhmän|создал группу|создала группу|создал(-а) группу
изменил тему|изменила тему|изменил(а) тему|изменил название|изменила название|изменил описание|изменила описание
изменил(-а) описание|створив групу|створила групу|змінив тему|змінила тему|змінив опис|змінила опис|utworzył grupę
utworzyła grupę|utworzył(a) grupę|zmienił temat|zmieniła temat|zmienił(a) temat|zmienił opis|zmieniła opis
zmienił(a) opis|zmienił nazwę|zmieniła nazwę|vytvořil skupinu|vytvořil(a) skupinu|změnil předmět|změnil(a) předmět
změnil popis|změnil(a) popis|létrehozta a csoportot|megváltoztatta a|a creat grupul|a schimbat subiectul
a schimbat descrierea|δημιούργησε την ομάδα|άλλαξε το θέμα|άλλαξε την περιγραφή|grubunu oluşturdu|grubu oluşturdu
konusunu değiştirdi|konuyu|grup açıklamasını değiştirdi|grup adını|أنشأ المجموعة|أنشأ مجموعة|أنشأت مجموعة|غيّر الموضوع
غيّر وصف المجموعة|غيّر وصف|غير وصف|قام بتغيير|بتغيير وصف|بتغيير الموضوع|יצר את הקבוצה|יצרה את הקבוצה|שינה את הנושא
שינתה את הנושא|שינה את תיאור|שינתה את תיאור|שינה את שם|שינתה את שם|گروه را ایجاد کرد|موضوع را|توضیحات گروه را
ग्रुप बनाया|विषय बदला|ग्रुप का नाम|ग्रुप का विवरण|ग्रुप की जानकारी|গ্রুপ তৈরি করেছেন|গ্রুপের বিবরণ|নাম পরিবর্তন
membuat grup|mengubah subjek|mengubah nama grup|mengubah deskripsi|mencipta kumpulan|menukar subjek|menukar perihalan
đã tạo nhóm|đã đổi chủ đề|đã đổi tên nhóm|đã thay đổi mô tả|สร้างกลุ่ม|เปลี่ยนหัวข้อ|เปลี่ยนชื่อกลุ่ม|เปลี่ยนคำอธิบาย
创建了群组|创建群组|创建了此群组|更改了群组说明|更改了群组描述|将主题|更改了主题|更改群组名称|建立了群組|建立群組
建立此群組|變更了群組說明|更改了群組描述|變更了群組描述|將主旨|更改主題|グループを作成|」を作成しました|に変更しました|グループの説明を変更|件名を
グループ名を|그룹을 만들|그룹을 생성|그룹 설명을|제목을|그룹 이름을
"""
