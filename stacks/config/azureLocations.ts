/**
 * Azure regions, and the country each lies in (ISO 3166-1 alpha-2): those that host Azure OpenAI.
 *
 * @see https://learn.microsoft.com/azure/reliability/regions-list
 */
export const AZURE_LOCATIONS = {
  australiaeast: "AU",
  brazilsouth: "BR",
  canadacentral: "CA",
  canadaeast: "CA",
  centralus: "US",
  eastus: "US",
  eastus2: "US",
  francecentral: "FR",
  germanywestcentral: "DE",
  italynorth: "IT",
  japaneast: "JP",
  japanwest: "JP",
  koreacentral: "KR",
  northcentralus: "US",
  northeurope: "IE",
  norwayeast: "NO",
  polandcentral: "PL",
  southafricanorth: "ZA",
  southcentralus: "US",
  southeastasia: "SG",
  southindia: "IN",
  spaincentral: "ES",
  swedencentral: "SE",
  switzerlandnorth: "CH",
  uaenorth: "AE",
  uksouth: "GB",
  westeurope: "NL",
  westus: "US",
  westus3: "US",
} as const;

export type AzureLocation = keyof typeof AZURE_LOCATIONS;
