/** How a line that introduces a quote may begin. */
export const ATTRIBUTION_START =
  /^[\s\-_*>]{0,8}(?:\d{1,4}[-./年년. ]|在|(?:on|at|am|le|el|il giorno|il|in data|em|op|den|d\.|på|dnia|w dniu|dne|dňa|la|pe|în data de|tarihinde|vào|στις|no dia|às|dana|dňa|ngày|у|mon|tue|wed|thu|fri|sat|sun|mo|di|mi|do|fr|sa|so|lun|mar|mer|jeu|ven|sam|dim|mån|tis|ons|tors|fre|lör|sön|man|tir|tor|lør|søn|ma|ke|ti|to|pe|la|su|śr|pon|wt|czw|pt|sob|niedz|po|út|st|čt|pá|so|ne|пн|вт|ср|чт|пт|сб|вс|нд|понедельник|вторник|среда|четверг|пятница|суббота|воскресенье|понеділок|вівторок|середа|четвер|пʼятниця|субота|неділя)(?=[\s.,\d]))/i;

/** How it ends: a verb of writing, perhaps a name and address, a colon. */
export const ATTRIBUTION_END =
  /(?:wrote|writes|said|has written|schrieb(?: am| sie)?|schreibt|geschrieben|a écrit|nous a dit|escribió|escribio|ha escrit|ha scritto|escreveu|schreef(?: op)?|het volgende geschreven|skrev|kirjoitti|napisał(?:\(a\)|a)?|pisze|nadesłał|napsal(?:\(a\)|a)?|napísal(?:\(a\)|a)?|написал(?:а|и|\(а\))?|написа[вл](?:ла)?|пишет|пише|yazdı|şunu yazdı|(?:ezt )?írta|a scris|έγραψε|đã viết|je napisao(?:\/la)?|je napisala|va escriure|rašė|kirjutas|写道|寫道|のメール|のメッセージ|書きました|wrote|작성|작성하였습니다|님이 작성)(?:[^:：\n]{0,160}[:：]\W{0,6}$| ?-{2,10}$)/i;
