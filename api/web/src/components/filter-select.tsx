import './field.css';

interface FilterSelectProps {
  readonly label: string;
  /** What it says while nothing is chosen; without it, its label. */
  readonly unset?: string;
  readonly value: string | undefined;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly onChange: (value: string | undefined) => void;
}

/** A native select: phones and screen readers know it. A value from the address is shown although it is not known. */
export function FilterSelect({ label, unset, value, options, onChange }: FilterSelectProps) {
  const isKnown = value === undefined || options.some((option) => option.value === value);
  return (
    <select
      className={value === undefined ? 'field' : 'field filter-set'}
      aria-label={label}
      value={value ?? ''}
      onChange={(event) => onChange(event.target.value === '' ? undefined : event.target.value)}
    >
      <option value="">{unset ?? label}</option>
      {isKnown ? null : <option value={value}>{value}</option>}
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </select>
  );
}
