const millisecondsUntilTaken = 10_000;

/** Hands a person a text as a file, as a download of the page. */
export function saveFile(name: string, type: string, text: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), millisecondsUntilTaken);
}
