/** Contract of the password field; NIST SP 800-63B asks for at least 8, and for long ones to be welcome. */
export const passwordLength = { min: 8, max: 256 };
