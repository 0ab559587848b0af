/** Indexes of the columns that make a message. */
export interface CsvColumns {
  readonly subject: number | undefined;
  readonly text: number | undefined;
  readonly from: number | undefined;
  readonly fromName: number | undefined;
  readonly to: number | undefined;
  readonly date: number | undefined;
  readonly id: number | undefined;
}

/** Names as help desks export them, without case, blanks and marks; the first that is there is taken. */
const NAMES: Readonly<Record<keyof CsvColumns, readonly string[]>> = {
  subject: [
    'subject',
    'ticketsubject',
    'title',
    'tickettitle',
    'summary',
    'betreff',
    'sujet',
    'objet',
    'asunto',
    'oggetto',
  ],
  text: [
    'body',
    'description',
    'ticketdescription',
    'text',
    'message',
    'content',
    'details',
    'comment',
    'nachricht',
    'beschreibung',
    'inhalt',
    'mensaje',
    'messaggio',
  ],
  from: [
    'from',
    'fromemail',
    'fromaddress',
    'email',
    'emailaddress',
    'requesteremail',
    'requester',
    'customeremail',
    'contactemail',
    'sender',
    'senderemail',
    'absender',
  ],
  fromName: ['fromname', 'requestername', 'customername', 'contactname', 'sendername', 'name'],
  to: ['to', 'toaddress', 'recipient', 'mailbox'],
  date: [
    'date',
    'created',
    'createdat',
    'createdon',
    'createddate',
    'creationdate',
    'createdtime',
    'receivedat',
    'received',
    'timestamp',
    'datum',
    'erstelltam',
    'fecha',
  ],
  id: [
    'id',
    'ticketid',
    'ticketnumber',
    'ticketno',
    'caseid',
    'casenumber',
    'issuekey',
    'key',
    'number',
    'reference',
  ],
};

export function findCsvColumns(header: readonly string[]): CsvColumns {
  const shown = header.map((name) => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, ''));
  const find = (role: keyof CsvColumns) => {
    const index = NAMES[role].map((name) => shown.indexOf(name)).find((one) => one >= 0);
    return index;
  };
  return {
    subject: find('subject'),
    text: find('text'),
    from: find('from'),
    fromName: find('fromName'),
    to: find('to'),
    date: find('date'),
    id: find('id'),
  };
}
