/** What was typed is understood where there is no doubt what was meant, and left alone where there is. */
import { describe, expect, it } from 'vitest';
import { tidyAmount, tidyCode, tidySlug, tidyTime, tidyUrl } from '../src/ui/tidy';

describe('what was typed', () => {
  it.each([
    [tidyUrl, ' bluefern.example ', 'https://bluefern.example'],
    [tidyUrl, 'bluefern.example:8080/shop?a=1', 'https://bluefern.example:8080/shop?a=1'],
    [tidyUrl, '//bluefern.example', 'https://bluefern.example'],
    [tidyUrl, 'http://bluefern.example', 'http://bluefern.example'],
    [tidyUrl, 'ftp://bluefern.example', 'ftp://bluefern.example'],
    [tidyUrl, 'not an address', 'not an address'],
    [tidyUrl, 'bluefern', 'bluefern'],
    [tidyUrl, '', ''],
    [tidySlug, ' Harbour Lane ', 'harbour-lane'],
    [tidySlug, 'Café & Söhne!', 'cafe-sohne'],
    [tidySlug, 'harbour-lane', 'harbour-lane'],
    [tidyTime, '6:00', '06:00'],
    [tidyTime, '6', '06:00'],
    [tidyTime, '0630', '06:30'],
    [tidyTime, '6 am', '06:00'],
    [tidyTime, '6:30 PM', '18:30'],
    [tidyTime, '6:30 p.m.', '18:30'],
    [tidyTime, '12 am', '00:00'],
    [tidyTime, '12pm', '12:00'],
    [tidyTime, '18:30', '18:30'],
    [tidyTime, '24:00', '24:00'],
    [tidyTime, '13 pm', '13 pm'],
    [tidyTime, '6:75', '6:75'],
    [tidyTime, 'noon', 'noon'],
    [tidyAmount, '$ 1,234.50', '1,234.50'],
    [tidyAmount, '450 USD', '450'],
    [tidyAmount, 'a lot', 'a lot'],
    [tidyCode, ' usd ', 'USD'],
  ])('%o reads “%s” as “%s”', (tidy, typed, meant) => {
    expect(tidy(typed)).toBe(meant);
    expect(tidy(meant)).toBe(meant);
  });
});
