export interface DovecotConfig {
  readonly dir: string;
  readonly port: number;
  readonly tlsPort: number;
  /** Who owns the mail, and who the server's processes run as when it is not root. */
  readonly owner: string;
  readonly group: string;
  readonly isRoot: boolean;
  /** SASL mechanisms, as `plain login xoauth2 oauthbearer`. */
  readonly mechanisms: string;
}

/**
 * dovecot.conf (2.3). The anvil section matters: without it a login after failures waits 15 seconds. Each user
 * has a passwd-file, because a changed one is read again only after a second.
 */
export function toDovecotConfig({
  dir,
  port,
  tlsPort,
  owner,
  group,
  isRoot,
  mechanisms,
}: DovecotConfig): string {
  const chroots = ['imap-login', 'anvil', 'stats', 'ipc', 'auth', 'log']
    .map((service) => `service ${service} {\n  chroot =\n}`)
    .join('\n');
  const unprivileged = `default_internal_user = ${owner}\ndefault_internal_group = ${group}\ndefault_login_user = ${owner}\n${chroots}`;
  return `
base_dir = ${dir}/run
state_dir = ${dir}/state
log_path = ${dir}/dovecot.log
instance_name = mailroom-${port}
protocols = imap
listen = 127.0.0.1
disable_plaintext_auth = no
auth_mechanisms = ${mechanisms}
auth_failure_delay = 0
ssl = yes
ssl_cert = <${dir}/cert.pem
ssl_key = <${dir}/key.pem
ssl_dh =
mail_location = maildir:${dir}/mail/%u
mailbox_list_index = yes
maildir_copy_with_hardlinks = yes
mail_fsync = never
mail_uid = ${owner}
mail_gid = ${group}
first_valid_uid = 1
mail_max_userip_connections = 100
passdb {
  driver = oauth2
  mechanisms = xoauth2 oauthbearer
  args = ${dir}/oauth2.conf.ext
}
passdb {
  driver = passwd-file
  mechanisms = plain login none
  args = scheme=PLAIN username_format=%u ${dir}/users/%u
}
userdb {
  driver = static
  args = uid=${owner} gid=${group} home=${dir}/mail/%u
}
namespace inbox {
  inbox = yes
  separator = /
}
service imap-login {
  inet_listener imap {
    port = ${port}
  }
  inet_listener imaps {
    port = ${tlsPort}
    ssl = yes
  }
}
service anvil {
  unix_listener anvil-auth-penalty {
    mode = 0
  }
}
${isRoot ? '' : unprivileged}
`;
}
