import { expect, test } from 'vitest';
import { LabRecipe } from '../../contract/index.ts';
import { networks } from '../networks/registry.ts';
import { listRecipes, settingsFor } from './recipes.ts';

test('every network has a recipe for digits and for photos', () => {
  expect(listRecipes().map((recipe) => LabRecipe.parse(recipe).network)).toEqual(
    networks.map(({ id }) => id),
  );
});

test("the course's network is trained as the course does", () => {
  expect(settingsFor('course-network', 'mnist')).toMatchObject({
    epochs: 10,
    batchSize: 64,
    optimizer: 'adam',
    learningRate: 1e-3,
    schedule: 'constant',
    augment: false,
    validation: 0.1,
    limit: null,
  });
});

test('what is chosen stands, what is not is the recipe', () => {
  const settings = settingsFor('resnet-18', 'photos', { epochs: 3, width: undefined });
  expect(settings).toEqual({ ...settingsFor('resnet-18', 'photos'), epochs: 3 });
});

test('a network that there is not is refused', () => {
  expect(() => settingsFor('resnet-19', 'mnist')).toThrow('resnet-19');
});
