/** Colours of the sides of an experiment, told apart by the colour-blind; marks differ too. */
export const colours = [1, 0, 2];
