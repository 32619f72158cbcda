import { writeFile } from 'node:fs/promises';
import { join, parse } from 'node:path';
import { codeOf, type FileEvent, type SortInput } from '../../contract/index.ts';
import { whyLeft } from './sort-photo.ts';

/**
 * Writes a photo's label as its keyword into `<name>.xmp` beside it, where photo managers look (XMP specification, part 1;
 * namespaces `dc` and Lightroom's `lr`). A sidecar that is there belongs to somebody: it stays as it is.
 * @throws ScenelabError DISK_FULL
 */
export async function writeSidecar({ path, label }: SortInput['photos'][number]): Promise<FileEvent> {
  if (label === null) return none(path, 'The model is not sure.');
  const { dir, name } = parse(path);
  const to = join(dir, `${name}.xmp`);
  try {
    await writeFile(to, sidecar(label), { flag: 'wx' });
    return { kind: 'sidecar', path, to, reason: '' };
  } catch (error) {
    const isThere = codeOf(error) === 'EEXIST';
    return none(path, isThere ? `${to} is there already and is left as it is.` : whyLeft(error, to));
  }
}

function none(path: string, reason: string): FileEvent {
  return { kind: 'sidecar', path, to: null, reason };
}

function sidecar(label: string): string {
  const levels = label.split('/');
  const keyword = escaped(levels.at(-1) ?? label);
  return `<?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:lr="http://ns.adobe.com/lightroom/1.0/">
   <dc:subject><rdf:Bag><rdf:li>${keyword}</rdf:li></rdf:Bag></dc:subject>
   <lr:hierarchicalSubject><rdf:Bag><rdf:li>${escaped(levels.join('|'))}</rdf:li></rdf:Bag></lr:hierarchicalSubject>
  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>
`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
