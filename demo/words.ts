/** What demo events are about. Nobody and nothing here exists. */

export const people = [
  "Amelia Hartmann",
  "Bartosz Wójcik",
  "Chidinma Okafor",
  "Dimitrios Papadakis",
  "Elif Yıldız",
  "Frank O’Donnell",
  "Giulia Ferraro",
  "Hanna Lehtonen",
  "Ibrahim Al-Masri",
  "João Magalhães",
  "Katarína Novotná",
  "Li Xiaoming",
  "Mateo Fernández Ruiz",
  "Nguyễn Thị Lan",
  "Oksana Bondarenko",
  "Priya Raghunathan",
  "Søren Mikkelsen",
  "Zoë van der Berg",
];

export const companies = [
  "Alder & Finch Ltd",
  "Baltic Grain Trading OÜ",
  "Cordillera Minerals S.A.",
  "Düne Logistik GmbH",
  "Evergreen Maritime Pte. Ltd.",
  "Fjord Capital AS",
  "Harbour Lane Partners LLP",
  "Kestrel Payments Ltd",
  "Lumen Énergie SARL",
  "Meridian Textiles B.V.",
  "Nordlicht Immobilien AG",
  "Oak Street Holdings, Inc.",
  "Rossi & Figli S.r.l.",
  "Sakura Components K.K.",
];

export const countries = [
  "AE",
  "BR",
  "CH",
  "DE",
  "ES",
  "FI",
  "FR",
  "GB",
  "IT",
  "JP",
  "NG",
  "NL",
  "PL",
  "SG",
  "US",
];

export const birthDates = [
  "1957-11-03",
  "1964-02-28",
  "1971-06-14",
  "1978-09-30",
  "1984-07-19",
  "1990-01-05",
  "1996-12-22",
];

export const documents = [
  {
    name: "annual-accounts-2025.pdf",
    kind: "annual_accounts",
    source: "companies_house",
    content_type: "application/pdf",
  },
  {
    name: "register-extract.pdf",
    kind: "register_extract",
    source: "handelsregister",
    content_type: "application/pdf",
  },
  { name: "passport-front.jpg", kind: "identity_document", source: "upload", content_type: "image/jpeg" },
  { name: "ownership-chart.png", kind: "ownership_chart", source: "registry", content_type: "image/png" },
  {
    name: "articles-of-association.pdf",
    kind: "articles",
    source: "companies_house",
    content_type: "application/pdf",
  },
  {
    name: "utility-bill-march.pdf",
    kind: "proof_of_address",
    source: "upload",
    content_type: "application/pdf",
  },
];

export const flows = [
  { id: "0193d1ff-07ae-7b94-8d36-e1f5a29c8047", name: "Onboard a business customer" },
  { id: "0193d200-5c17-7e0a-9b42-6d03f81ea795", name: "Onboard a person" },
  { id: "0193d201-9be4-7a63-8f0d-27c95e14b380", name: "Yearly review" },
  { id: "0193d202-e3f8-7c29-a671-b84d0f25963e", name: "Refresh ownership" },
];

export const steps = ["fetch_register_extract", "screen_owners", "verify_identity", "score_risk"];

export const failures = {
  monitoring: [
    { code: "registry_check_failed", message: "The company was struck off the register." },
    { code: "sanctions_hit", message: "A new sanctions list names an owner." },
    { code: "document_expired", message: "The passport on file has expired." },
    { code: "adverse_media", message: "Three articles mention an investigation." },
  ],
  flow: [
    { code: "provider_unavailable", message: "The registry did not answer in time." },
    { code: "quota_exceeded", message: "The screening provider allows no more searches today." },
    { code: "invalid_input", message: "The registration number has too few digits." },
  ],
};
