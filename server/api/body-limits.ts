/** Contract: how large bodies may be. */
export const maxPublishBytes = 5 * 1024 * 1024;
export const maxBodyBytes = 256 * 1024;
