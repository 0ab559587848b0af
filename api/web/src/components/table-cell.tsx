import type { ReactNode } from 'react';

interface TableCellProps {
  /** The column's name, shown beside the value where there is no room for columns. */
  readonly label: string;
  readonly children: ReactNode;
}

export function TableCell({ label, children }: TableCellProps) {
  return (
    <td data-label={label}>
      <div>{children}</div>
    </td>
  );
}
