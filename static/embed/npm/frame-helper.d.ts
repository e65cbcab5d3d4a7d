/** Gives a frame with an explorer the height of what is in it, and passes on its events; returns what ends that. */
export function connect(frame: HTMLIFrameElement): () => void;
