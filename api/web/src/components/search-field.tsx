import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { useLocation } from 'react-router';
import './field.css';
import { Icon } from './icon.tsx';

const PAUSE_MS = 250;

interface SearchFieldProps {
  readonly value: string;
  readonly onSearch: (text: string) => void;
}

/** Searches a moment after the last key. The address may change meanwhile: the field then follows it. */
export function SearchField({ value, onSearch }: SearchFieldProps) {
  const [text, setText] = useState(value);
  const sent = useRef(value);
  const field = useRef<HTMLInputElement>(null);
  const search = useEffectEvent(onSearch);
  const { state } = useLocation();
  const wasAskedFor = (state as { search?: boolean } | null)?.search === true;
  useEffect(() => {
    if (value === sent.current) return;
    sent.current = value;
    setText(value);
  }, [value]);
  useEffect(() => {
    if (text === sent.current) return;
    const timer = setTimeout(() => {
      sent.current = text.trim();
      search(sent.current);
    }, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  useEffect(() => {
    if (wasAskedFor) field.current?.focus();
  }, [wasAskedFor]);
  return (
    <label className="filters-search">
      <span className="unseen">Search messages</span>
      <Icon name="search" />
      <input
        ref={field}
        className="field"
        type="search"
        value={text}
        maxLength={500}
        placeholder={'Search: words, "a phrase", -not'}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') event.currentTarget.blur();
        }}
      />
    </label>
  );
}
