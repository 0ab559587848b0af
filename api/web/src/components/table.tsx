import type { ReactNode } from 'react';
import './table.css';

interface TableProps {
  readonly label: string;
  readonly columns: readonly string[];
  /** Rows of cells that carry `data-label`, for narrow screens. */
  readonly children: ReactNode;
}

export function Table({ label, columns, children }: TableProps) {
  return (
    <div className="table-scroll">
      <table className="table" aria-label={label}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}
