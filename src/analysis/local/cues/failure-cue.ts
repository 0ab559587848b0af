import { defineCue } from './define-cue.ts';

/** A machine reports that something did not go well, so someone should look. */
export const failureCue = defineCue('failure', {
  en: 'failed, failure, error, errors, warning, critical, alert, down, expired, expires, exceeded, not successful, unsuccessful, threshold',
  de: 'fehlgeschlagen, fehler*, warnung, kritisch*, störung*, ausfall, abgelaufen, läuft ab, überschritten, nicht erfolgreich, schwellwert*',
  fr: 'échec, échoué*, erreur*, alerte, avertissement, critique, panne, expiré*, expire, dépassé*',
  es: 'fallo, fallido, fallida, falló, error, errores, advertencia, alerta, crítico, crítica, caducado, caduca, superado',
  it: 'fallito, fallita, errore, errori, avviso, allarme, critico, critica, guasto, scaduto, scade, superato, superata',
  pt: 'falha, falhou, falhado, erro, erros, aviso, alerta, crítico, crítica, avaria, expirado, expira, excedido',
});
