import { defineCue } from './define-cue.ts';

/** The words that deadlines are made of. `day-n` is n days from the mail, `weekday-1` is Monday, `month-1` January. */
export const timeCues = [
  defineCue('deadline-lead', {
    '*': 'deadline',
    en: 'by, until, before, due, no later than, latest, expires, expire on, needed for, need it for, need this for, not later than, at the latest',
    de: 'bis, bis zum, vor, vor dem, spätestens, frist, fällig, läuft ab, ablauf, stichtag',
    fr: 'avant, avant le, d ici, jusqu au, jusqu à, au plus tard, date limite, échéance, pour le, délai',
    es: 'antes de, antes del, hasta, hasta el, a más tardar, fecha límite, plazo, vence, para el, límite',
    it: 'entro, entro il, prima di, prima del, fino al, al più tardi, scadenza, termine, scade, non oltre',
    pt: 'até, até ao, até à, antes de, antes do, o mais tardar, prazo, data limite, vence, para o dia',
  }),
  defineCue('within', {
    en: 'within, in the next, in less than, within the next, in under',
    de: 'innerhalb, innerhalb von, binnen, in den nächsten, in weniger als, in der nächsten',
    fr: 'dans les, sous, dans un délai de, dans moins de, d ici',
    es: 'en menos de, dentro de, en las próximas, en los próximos, en un plazo de',
    it: 'entro, nelle prossime, nei prossimi, in meno di',
    pt: 'em menos de, dentro de, nas próximas, nos próximos, no prazo de',
  }),
  defineCue('day-0', {
    '*': 'eod, cob',
    en: 'today, tonight, this morning, this afternoon, this evening, end of day, end of the day, close of business, noon, midday',
    de: 'heute, heute noch, heute abend, heute nachmittag, feierabend, heutigen tag*',
    fr: 'aujourd hui, ce soir, cet après midi, ce matin, fin de journée',
    es: 'hoy, hoy mismo, esta tarde, esta noche, esta mañana, final del día',
    it: 'oggi, stasera, questa sera, questo pomeriggio, stamattina, fine giornata, in giornata',
    pt: 'hoje, hoje mesmo, esta tarde, esta noite, esta manhã, fim do dia, final do dia',
  }),
  defineCue('day-1', {
    en: 'tomorrow, tomorrow morning',
    de: 'morgen, morgen früh, morgigen',
    fr: 'demain, demain matin',
    es: 'mañana, mañana por la mañana',
    it: 'domani, domattina',
    pt: 'amanhã, amanhã de manhã',
  }),
  defineCue('day-2', {
    en: 'day after tomorrow',
    de: 'übermorgen',
    fr: 'après demain',
    es: 'pasado mañana',
    it: 'dopodomani',
    pt: 'depois de amanhã',
  }),
  defineCue('day-5', {
    '*': 'eow',
    en: 'end of the week, end of this week, end of week, this week',
    de: 'ende der woche, ende dieser woche, wochenende, diese woche, dieser woche',
    fr: 'fin de semaine, fin de la semaine, cette semaine, week end',
    es: 'fin de semana, final de semana, esta semana, final de la semana',
    it: 'fine settimana, fine della settimana, questa settimana',
    pt: 'fim da semana, final da semana, esta semana, fim de semana',
  }),
  defineCue('unit-hour', {
    en: 'hour, hours, hrs',
    de: 'stunde, stunden, std',
    fr: 'heure, heures',
    es: 'hora, horas',
    it: 'ora, ore',
    pt: 'hora, horas',
    '*': '24h, 48h, 2h, 4h',
  }),
  defineCue('unit-day', {
    en: 'day, days, business days, working days',
    de: 'tag, tage, tagen, werktage*, arbeitstage*',
    fr: 'jour, jours',
    es: 'día, días',
    it: 'giorno, giorni',
    pt: 'dia, dias',
  }),
  defineCue('unit-week', {
    en: 'week, weeks',
    de: 'woche, wochen',
    fr: 'semaine, semaines',
    es: 'semana, semanas',
    it: 'settimana, settimane',
    pt: 'semana, semanas',
  }),
  ...calendarCues('weekday', [
    ['monday', 'montag*', 'lundi', 'lunes', 'lunedì', 'segunda, segunda feira'],
    ['tuesday', 'dienstag*', 'mardi', 'martes', 'martedì', 'terça, terça feira'],
    ['wednesday', 'mittwoch*', 'mercredi', 'miércoles', 'mercoledì', 'quarta, quarta feira'],
    ['thursday', 'donnerstag*', 'jeudi', 'jueves', 'giovedì', 'quinta, quinta feira'],
    ['friday', 'freitag*', 'vendredi', 'viernes', 'venerdì', 'sexta, sexta feira'],
    ['saturday', 'samstag*, sonnabend', 'samedi', 'sábado', 'sabato', 'sábado'],
    ['sunday', 'sonntag*', 'dimanche', 'domingo', 'domenica', 'domingo'],
  ]),
  ...calendarCues('month', [
    ['january, jan', 'januar, jänner, jan', 'janvier', 'enero', 'gennaio', 'janeiro'],
    ['february, feb', 'februar, feb', 'février', 'febrero', 'febbraio', 'fevereiro'],
    ['march, mar', 'märz', 'mars', 'marzo', 'marzo', 'março'],
    ['april, apr', 'april, apr', 'avril', 'abril', 'aprile', 'abril'],
    ['may', 'mai', 'mai', 'mayo', 'maggio', 'maio'],
    ['june, jun', 'juni, jun', 'juin', 'junio', 'giugno', 'junho'],
    ['july, jul', 'juli, jul', 'juillet', 'julio', 'luglio', 'julho'],
    ['august, aug', 'august, aug', 'août', 'agosto', 'agosto', 'agosto'],
    ['september, sep, sept', 'september, sept', 'septembre', 'septiembre', 'settembre', 'setembro'],
    ['october, oct', 'oktober, okt', 'octobre', 'octubre', 'ottobre', 'outubro'],
    ['november, nov', 'november, nov', 'novembre', 'noviembre', 'novembre', 'novembro'],
    ['december, dec', 'dezember, dez', 'décembre', 'diciembre', 'dicembre', 'dezembro'],
  ]),
];

function calendarCues(kind: string, rows: readonly (readonly string[])[]) {
  const languages = ['en', 'de', 'fr', 'es', 'it', 'pt'];
  return rows.map((row, index) =>
    defineCue(
      `${kind}-${index + 1}`,
      Object.fromEntries(row.map((text, column) => [languages[column] ?? '*', text])),
    ),
  );
}
