/** The place in a queue, with links to what comes before and after. */
import { text } from '../text/en';
import { ButtonLink } from '../ui/button';
import type { Place } from './place';

const labels = text.queues;

interface PlaceLinksProps<T> {
  place: Place<T> | null;
  hrefOf: (row: T) => string;
}

export function PlaceLinks<T>({ place, hrefOf }: PlaceLinksProps<T>) {
  if (!place) return <p>{labels.notWaiting}</p>;
  return (
    <>
      {place.previous !== undefined && (
        <ButtonLink small href={hrefOf(place.previous)}>
          {labels.previous}
        </ButtonLink>
      )}
      <p>{labels.place(place.position, place.total)}</p>
      {place.next !== undefined && (
        <ButtonLink small href={hrefOf(place.next)}>
          {labels.next}
        </ButtonLink>
      )}
    </>
  );
}
