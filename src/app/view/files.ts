/** Opening and saving: the only ways by which anything comes into a page or leaves it. */

export interface OpenedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

async function readAll(list: FileList | null | undefined): Promise<readonly OpenedFile[]> {
  return Promise.all(
    [...(list ?? [])].map(async (file) => ({ name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) })),
  );
}

/** The files that a person chose in a field for files; the field forgets them, so that the same one can be chosen again. */
export async function chosenFiles(event: Event): Promise<readonly OpenedFile[]> {
  const input = event.currentTarget as HTMLInputElement;
  const files = await readAll(input.files);
  input.value = "";
  return files;
}

export const droppedFiles = (event: DragEvent): Promise<readonly OpenedFile[]> => readAll(event.dataTransfer?.files);

/** Offers a file for saving. */
export function saveFile(name: string, content: string | Uint8Array, type: string): void {
  const url = URL.createObjectURL(new Blob([content as BlobPart], { type }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  // The browser has taken it over by the next task.
  setTimeout(() => {
    URL.revokeObjectURL(url);
  }, 1000);
}
