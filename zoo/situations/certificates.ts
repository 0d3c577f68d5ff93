import { readFileSync } from "node:fs";
import {
  forAuthorities,
  forLocalhost,
  forServers,
  type Made,
  makeCertificate,
  trustedRoot,
} from "../openssl";
import type { Place } from "../place";
import type { Situation } from "../situation";
import { debian } from "../software";
import { nginxShowing } from "./nginx-tls";
import { opensslServing } from "./openssl-server";

const nginx = [debian("nginx"), debian("OpenSSL")];

const leaf = (issuer: Made, more: Partial<Parameters<typeof makeCertificate>[1]> = {}) => ({
  name: "leaf",
  subject: "/CN=localhost",
  extensions: forLocalhost,
  issuer,
  ...more,
});
const authority = (name: string, issuer?: Made, days?: [number, number]) => ({
  name,
  subject: `/O=Example Ltd/CN=Example ${name}`,
  extensions: forAuthorities,
  issuer,
  days,
});

/** A certificate that a public authority issued by way of an intermediate, of which AIA tells where it is. */
function issuedPublicly(place: Place): { made: Made; intermediate: Made } {
  const intermediate = makeCertificate(place, authority("intermediate", trustedRoot(place)));
  const extensions = [...forLocalhost, "authorityInfoAccess=caIssuers;URI:http://ca.example/issuer.crt"];
  return { made: makeCertificate(place, leaf(intermediate, { extensions })), intermediate };
}

const showing = (make: (place: Place) => Made) => (place: Place) => nginxShowing(place, make(place));

export const certificates: Situation[] = [
  {
    name: "certificate-expired",
    about: "the certificate has expired",
    software: nginx,
    start: showing((place) => makeCertificate(place, leaf(trustedRoot(place), { days: [-30, -1] }))),
    expected: "certificate_expired",
  },
  {
    name: "certificate-of-tomorrow",
    about: "the certificate is not valid yet",
    software: nginx,
    start: showing((place) => makeCertificate(place, leaf(trustedRoot(place), { days: [1, 30] }))),
    expected: "certificate_not_yet_valid",
  },
  {
    name: "intermediate-expired",
    about: "the intermediate has expired, the certificate has not",
    software: nginx,
    start: showing((place) => {
      const intermediate = makeCertificate(place, authority("intermediate", trustedRoot(place), [-30, -1]));
      return makeCertificate(place, leaf(intermediate));
    }),
    expected: "intermediate_expired",
  },
  {
    name: "intermediate-of-tomorrow",
    about: "the intermediate is not valid yet",
    software: nginx,
    start: showing((place) => {
      const intermediate = makeCertificate(place, authority("intermediate", trustedRoot(place), [1, 30]));
      return makeCertificate(place, leaf(intermediate));
    }),
    expected: "intermediate_not_yet_valid",
  },
  {
    name: "certificate-self-signed",
    about: "a self-signed certificate",
    software: nginx,
    start: showing((place) => makeCertificate(place, { ...leaf(trustedRoot(place)), issuer: undefined })),
    expected: "certificate_self_signed",
  },
  {
    name: "private-root-shown",
    about: "a private authority, whose root is sent along",
    software: nginx,
    start: showing((place) => makeCertificate(place, leaf(makeCertificate(place, authority("root"))))),
    expected: "certificate_private",
  },
  {
    name: "private-root-hidden",
    about: "a certificate directly under a private root, which is not sent along",
    software: nginx,
    start: showing((place) => {
      const root = makeCertificate(place, authority("root"));
      const made = makeCertificate(place, leaf(root));
      return { ...made, chain: made.cert };
    }),
    expected: "certificate_private",
  },
  {
    name: "private-intermediate",
    about: "an authority of one's own with an intermediate, which is sent along",
    software: nginx,
    start: showing((place) => {
      const root = { ...makeCertificate(place, authority("root")), chain: place.write("none", "") };
      return makeCertificate(place, leaf(makeCertificate(place, authority("intermediate", root))));
    }),
    expected: "certificate_private",
  },
  {
    name: "intermediate-missing",
    about: "a public certificate without its intermediate",
    software: nginx,
    start: showing((place) => {
      const { made } = issuedPublicly(place);
      return { ...made, chain: made.cert };
    }),
    expected: "chain_incomplete",
  },
  {
    name: "intermediate-of-another",
    about: "a public certificate with somebody else's intermediate",
    software: nginx,
    start: showing((place) => {
      const { made } = issuedPublicly(place);
      const other = makeCertificate(place, authority("other", trustedRoot(place)));
      return { ...made, chain: place.write("mixed.pem", concatenated(made.cert, other.cert)) };
    }),
    expected: "chain_incomplete",
  },
  {
    name: "certificate-of-another-host",
    about: "a certificate for another host",
    software: nginx,
    start: showing((place) =>
      makeCertificate(
        place,
        leaf(trustedRoot(place), { extensions: [...forServers, "subjectAltName=DNS:www.example.com"] }),
      ),
    ),
    expected: "certificate_of_another_host",
  },
  {
    name: "certificate-address-as-name",
    about: "a URL by address, and a certificate with DNS:127.0.0.1",
    software: nginx,
    start: async (place) => {
      const extensions = [...forServers, "subjectAltName=DNS:127.0.0.1"];
      const url = await nginxShowing(place, makeCertificate(place, leaf(trustedRoot(place), { extensions })));
      return url.replace("localhost", "127.0.0.1");
    },
    expected: "certificate_without_address",
  },
  {
    name: "certificate-without-address",
    about: "a URL by address, and a certificate for names only",
    software: nginx,
    start: async (place) => {
      const extensions = [...forServers, "subjectAltName=DNS:localhost"];
      const url = await nginxShowing(place, makeCertificate(place, leaf(trustedRoot(place), { extensions })));
      return url.replace("localhost", "127.0.0.1");
    },
    expected: "certificate_without_address",
  },
  {
    name: "wildcard-apex",
    about: "a wildcard, and the host without the label that it stands for",
    software: nginx,
    start: showing((place) => {
      const extensions = [...forServers, "subjectAltName=DNS:*.localhost"];
      return makeCertificate(place, leaf(trustedRoot(place), { extensions }));
    }),
    expected: "wildcard_does_not_cover",
  },
  {
    name: "certificate-for-clients",
    about: "a certificate whose purpose is clientAuth only",
    software: nginx,
    start: showing((place) => {
      const extensions = ["extendedKeyUsage=clientAuth", "subjectAltName=DNS:localhost"];
      return makeCertificate(place, leaf(trustedRoot(place), { extensions }));
    }),
    expected: "certificate_purpose",
  },
  {
    name: "certificate-name-constraints",
    about: "an intermediate that may issue for other domains only",
    software: nginx,
    start: showing((place) => {
      const extensions = [...forAuthorities, "nameConstraints=critical,permitted;DNS:example.com"];
      const intermediate = makeCertificate(place, {
        ...authority("intermediate", trustedRoot(place)),
        extensions,
      });
      return makeCertificate(place, leaf(intermediate));
    }),
    expected: "certificate_name_constraints",
  },
  {
    name: "certificate-sha1",
    about: "an intermediate signed with SHA-1",
    software: [debian("OpenSSL")],
    start: (place) => {
      const intermediate = { ...authority("intermediate", trustedRoot(place)), digest: "sha1" as const };
      const made = makeCertificate(place, leaf(makeCertificate(place, intermediate)));
      // nginx would not load it.
      const weak = ["-cert_chain", made.chain, "-cipher", "DEFAULT@SECLEVEL=0"];
      return opensslServing(place, made, weak);
    },
    expected: "certificate_weak",
  },
  {
    name: "certificate-of-no-authority",
    about: "a certificate that was issued with one that may not issue any",
    software: nginx,
    start: showing((place) => {
      const intermediate = makeCertificate(place, {
        ...authority("intermediate", trustedRoot(place)),
        extensions: ["basicConstraints=critical,CA:false"],
      });
      return makeCertificate(place, leaf(intermediate));
    }),
    expected: "certificate_chain_broken",
  },
];

const concatenated = (...files: string[]) => files.map((file) => readFileSync(file, "utf8")).join("");
