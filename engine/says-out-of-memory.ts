/** In the words of TensorFlow, of oneDNN (which has no better ones), of C++ and of V8. */
const words =
  /OOM when allocating|resource.?exhausted|could not create a (primitive|memory)|bad_alloc|allocation failed|cannot allocate|out of memory|OOMErrorHandler/i;

/** Whether a message, or what a process wrote before it ended, means that memory ran out. */
export function saysOutOfMemory(text: string): boolean {
  return words.test(text);
}
