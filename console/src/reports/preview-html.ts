/** Takes the styles and the policy out of a report's HTML, so that they can be put in another way. */
export function splitStyles(document: string): { html: string; css: string } {
  const sheets: string[] = [];
  const html = document
    .replace(/<style\b[^>]*>([\s\S]*?)<\/style>/gi, (_, css: string) => {
      sheets.push(css);
      return '';
    })
    .replace(/<meta\b[^>]*http-equiv=["']?Content-Security-Policy["']?[^>]*>/gi, '')
    .replace(/<script\b[\s\S]*?<\/script>/gi, '');
  return { html, css: sheets.join('\n') };
}
