import * as acm from "@pulumi/aws/acm";
import * as pulumi from "@pulumi/pulumi";
import { canonicalName, type DnsZone } from "./dnsRecord";

const TOKEN = "cutover:aws:Certificate";

/** Seconds for which resolvers keep the validation record. */
const RECORD_TTL_SECONDS = 300;

/**
 * How the name is proven: by a record that this certificate makes in a zone, or by the record that another certificate of
 * the same name and account made. ACM asks for the same record in every region of an account.
 */
export type CertificateProof = DnsZone | { recordName: pulumi.Input<string> };

export interface CertificateArgs {
  /** The host name that the certificate is for. */
  domainName: string;
  proof: CertificateProof;
}

/**
 * A certificate for one host name in one region, proven by a DNS record and renewed by ACM as long as the record is
 * there. Needs an AWS provider, and a Cloudflare provider where it makes the record there.
 *
 * @see https://docs.aws.amazon.com/acm/latest/userguide/dns-validation.html
 */
export class Certificate extends pulumi.ComponentResource {
  /** ARN of the certificate, known once it is valid: a listener that takes it before is refused. */
  public readonly arn: pulumi.Output<string>;
  /** Name of the record that proves the host name, for the certificates of other regions. */
  public readonly recordName: pulumi.Output<string>;

  constructor(name: string, args: CertificateArgs, opts?: pulumi.ComponentResourceOptions) {
    super(TOKEN, name, {}, opts);

    const certificate = new acm.Certificate(
      `${name}-certificate`,
      { domainName: args.domainName, validationMethod: "DNS" },
      { parent: this },
    );
    this.recordName =
      "recordName" in args.proof ? pulumi.output(args.proof.recordName) : this.record(name, args.proof, certificate);
    const validation = new acm.CertificateValidation(
      `${name}-validation`,
      { certificateArn: certificate.arn, validationRecordFqdns: [this.recordName] },
      { parent: this },
    );

    this.arn = validation.certificateArn;
    this.registerOutputs({ arn: this.arn, recordName: this.recordName });
  }

  private record(name: string, zone: DnsZone, certificate: acm.Certificate): pulumi.Output<string> {
    const option = certificate.domainValidationOptions[0];
    return canonicalName(
      `${name}-record`,
      zone,
      {
        name: withoutDot(option?.resourceRecordName),
        content: withoutDot(option?.resourceRecordValue),
        ttl: RECORD_TTL_SECONDS,
        comment: "Proves the host name to ACM, also when a certificate is renewed.",
      },
      { parent: this },
    );
  }
}

/** ACM writes names with a dot at the end, Cloudflare without: the difference would show up in every preview. */
function withoutDot(text: pulumi.Output<string> | undefined): pulumi.Output<string> {
  return pulumi.output(text).apply((name) => name?.replace(/\.$/, "") as string);
}
