/** TensorFlow as Python's package index has it: the file to ask pip for, and what to take out of it. */
export interface Wheel {
  readonly version: string;
  readonly requirement: string;
  readonly platform: string;
  readonly sha256: string;
  readonly megabytes: number;
  /** Names of its libraries, and the names by which tfjs-node's binding looks for them. */
  readonly libraries: readonly { file: string; alias: string }[];
}

const version = '2.21.0';
const linux = [
  { file: 'libtensorflow_cc.so.2', alias: 'libtensorflow.so' },
  { file: 'libtensorflow_framework.so.2', alias: 'libtensorflow_framework.so' },
];
const macos = [
  { file: 'libtensorflow_cc.2.dylib', alias: 'libtensorflow.dylib' },
  { file: 'libtensorflow_framework.2.dylib', alias: 'libtensorflow_framework.dylib' },
];

/** The wheels for Python 3.11: any would do, nothing of Python in them is used. Only linux-x64 has been run. */
const wheels: Readonly<Record<string, Wheel>> = {
  'linux-x64': {
    version,
    requirement: `tensorflow-cpu==${version}`,
    platform: 'manylinux_2_27_x86_64',
    sha256: '2b847d217b02ee7731ed91431daf3250daa0196c3c94614d23be27232e6e5b6c',
    megabytes: 274,
    libraries: linux,
  },
  'linux-x64-gpu': {
    version,
    requirement: `tensorflow==${version}`,
    platform: 'manylinux_2_27_x86_64',
    sha256: '9056fbc9ba04235810b71ae6cbd958a196e8804fb53bbcffbf3e23b56155f124',
    megabytes: 600,
    libraries: linux,
  },
  'linux-arm64': {
    version,
    requirement: `tensorflow==${version}`,
    platform: 'manylinux_2_27_aarch64',
    sha256: '4b24aca16d527a3cf1c37f720c04c484c3d20f4d0fdfa98632ac8b9f3be6eb5c',
    megabytes: 280,
    libraries: linux,
  },
  'darwin-arm64': {
    version,
    requirement: `tensorflow==${version}`,
    platform: 'macosx_12_0_arm64',
    sha256: '51f46f4806139d01fc7920cc72a4c75876f80649bf40ff083ab6212ceb43ca88',
    megabytes: 250,
    libraries: macos,
  },
};

/** CUDA as TensorFlow 2.21's extra `and-cuda` asks for it. */
export const cudaRequirements: readonly string[] = [
  'nvidia-cublas-cu12>=12.5.3.2,<13',
  'nvidia-cuda-cupti-cu12>=12.5.82,<13',
  'nvidia-cuda-nvcc-cu12>=12.5.82,<13',
  'nvidia-cuda-nvrtc-cu12>=12.5.82,<13',
  'nvidia-cuda-runtime-cu12>=12.5.82,<13',
  'nvidia-cudnn-cu12>=9.3.0.75,<10',
  'nvidia-cufft-cu12>=11.2.3.61,<12',
  'nvidia-curand-cu12>=10.3.6.82,<11',
  'nvidia-cusolver-cu12>=11.6.3.83,<12',
  'nvidia-cusparse-cu12>=12.5.1.3,<13',
  'nvidia-nccl-cu12>=2.27.7,<3',
  'nvidia-nvjitlink-cu12>=12.5.82,<13',
];

/** The wheel for this machine. Throws where there is none. */
export function wheelFor(platform: string, arch: string, gpu: boolean): Wheel {
  const name = `${platform}-${arch}${gpu ? '-gpu' : ''}`;
  const wheel = wheels[name];
  if (!wheel) throw new Error(`TensorFlow has no package that could be used on ${name}`);
  return wheel;
}
