// Accounts of the demo agency, one a role.
export const password = 'cong-tam-demo-2026';

export type Role = 'officer' | 'head' | 'deputy' | 'leader' | 'personnel' | 'administrator';

export const logins: Record<Role, string> = {
  officer: 'canbo',
  head: 'truongphong',
  deputy: 'phophong',
  leader: 'lanhdao',
  personnel: 'tochuc',
  administrator: 'quantri',
};
