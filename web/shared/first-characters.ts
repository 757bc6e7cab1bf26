/** The first characters of a text, each whole: half of one shows as a box. Older telephones have no `Intl.Segmenter`. */
export const firstCharacters = (text: string, most: number): string => [...text].slice(0, most).join('');
