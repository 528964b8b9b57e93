/** Words of imports. */
import { counted } from './counted';

export const imports = {
  imports: {
    title: 'Imports',
    lead: 'Create many managed accounts from a CSV file.',
    leadOperator: 'Import this partner’s existing accounts from a CSV file.',
    new: 'New import',
    kind: 'What to import',
    kinds: { portfolio: 'Existing book (portfolio)', 'managed-accounts': 'New managed accounts' },
    kindHints: {
      portfolio: 'All columns, with past dates; operators only.',
      'managed-accounts': 'The profile columns only.',
    },
    file: 'CSV file',
    fileHint: 'UTF-8, with commas, semicolons, or tabs. The first line names the columns, in any order.',
    template: 'Download the template',
    templateHint: 'It has two example rows: replace them with yours.',
    preview: 'First rows',
    previewLead: 'How the first rows of the file will be read. Nothing has been imported yet.',
    noRows: 'The file has no rows below its header, so there is nothing to import. Upload a file with rows.',
    allWrong: 'None of these rows can be imported. Correct the file, then upload it as a new import.',
    understood: (delimiter: string, encoding: string, columns: number) =>
      `Read with the delimiter ${delimiter}, in ${encoding}, with ${counted(String(columns), 'column')}.`,
    dateFormat: 'Dates in the file are written as',
    dateExamples: {
      'YYYY-MM-DD': '2026-11-05 is November 5',
      'MM/DD/YYYY': '11/05/2026 is November 5',
      'DD/MM/YYYY': '05/11/2026 is November 5',
    },
    datesReadAs: (format: string) => `Dates were read as ${format}.`,
    ambiguous: 'These dates could be in more than one format. Choose the right one, then check the rows below.',
    readable: 'OK',
    submit: 'Upload',
    uploading: 'Uploading…',
    uploaded: 'The file has been uploaded. Check its first rows, then start the import.',
    columns: {
      file: 'Import',
      status: 'Status',
      rows: 'Rows',
      created: 'Created',
      adjusted: 'Adjusted',
      unchanged: 'Unchanged',
      rejected: 'Rejected',
      at: 'Started',
    },
    states: { created: 'Not started', running: 'Running', done: 'Done', failed: 'Failed' },
    told: (created: string, rejected: string) => `The import is done: ${created} created, ${rejected} rejected.`,
    back: 'Imports',
    loading: 'Import',
    startNow: 'Start the import',
    progress: 'Progress',
    results: 'Results',
    resultHelp: {
      created: 'Imported as they are.',
      adjusted: 'Imported without what their status doesn’t allow.',
      unchanged: 'You already have them. An import never changes existing accounts.',
      rejected: 'Listed below by line, column, and reason.',
    },
    download: 'Download the result file',
    rejected: 'Rejected rows',
    rejectedTable: 'Line, column, and reason of each problem',
    rejectedLead: (rows: string, problems: string, isCut: boolean) =>
      isCut
        ? `${counted(rows, 'row')}. The first ${problems} problems are shown; the result file has them all.`
        : `${counted(rows, 'row')}, ${counted(problems, 'problem')}`,
    rejectedColumns: { line: 'Line', column: 'Column', reason: 'Reason' },
    failedTitle: 'The import stopped',
    emptyTitle: 'No imports yet',
    emptyDetail: 'Download the template, fill it in, and upload it.',
  },
} as const;
