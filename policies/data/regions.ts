/**
 * The jurisdiction of a region, where config does not say: the legal area whose data may not leave it. Prefixes of AWS
 * region codes, and Azure locations.
 *
 * @see https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html (2026-11)
 */
export const JURISDICTIONS: Readonly<Record<string, { prefixes: readonly string[]; locations: readonly string[] }>> = {
  US: {
    prefixes: ["us-"],
    locations: [
      "eastus",
      "eastus2",
      "centralus",
      "northcentralus",
      "southcentralus",
      "westcentralus",
      "westus",
      "westus2",
      "westus3",
    ],
  },
  EU: {
    // Switzerland and the United Kingdom have decisions of adequacy, but are not the Union: they are left to config.
    prefixes: ["eu-west-1", "eu-west-3", "eu-central-1", "eu-north-", "eu-south-", "eusc-"],
    locations: [
      "northeurope",
      "westeurope",
      "swedencentral",
      "francecentral",
      "germanywestcentral",
      "italynorth",
      "polandcentral",
      "spaincentral",
      "austriaeast",
      "denmarkeast",
      "belgiumcentral",
    ],
  },
  APAC: {
    prefixes: ["ap-"],
    locations: [
      "australiaeast",
      "australiasoutheast",
      "australiacentral",
      "southeastasia",
      "eastasia",
      "japaneast",
      "japanwest",
      "koreacentral",
      "koreasouth",
      "centralindia",
      "southindia",
      "westindia",
      "indonesiacentral",
      "malaysiawest",
      "newzealandnorth",
    ],
  },
};
