/** What networks see in a photo. */
export const labInside = {
  tab: 'Look inside',
  lead: 'What a network answers, and what its layers see on the way there.',
  names: 'What EfficientNet-Lite0 names the sample photos',
  looking: 'Looking…',
};
