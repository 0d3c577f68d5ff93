import { CodeBlock } from "@/app/_components/ui/code-block";

/** What to do where an endpoint is meant that only this machine, or its network, can reach. */
export function OwnMachineHint({ allowsPrivateTargets }: { allowsPrivateTargets: boolean }) {
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-2 rounded-lg bg-warn-ground px-3 py-2.5 text-sm">
      <p>
        <b className="font-medium">A server on your own machine</b>{" "}
        <span>needs no URL: this takes events from here and forwards them, with valid signatures.</span>
      </p>
      <CodeBlock
        label="Command that listens"
        text="npx fanfare-client listen --forward http://localhost:4000"
      />
      <p>
        Over https it is reached like any other. This starts a receiver that shows what it receives, at
        https://localhost:8443:
      </p>
      <CodeBlock label="Command that starts a receiver" text="npm run receiver" />
      {!allowsPrivateTargets && (
        <>
          <p>
            It is in a private network, where Fanfare sends nothing unless it was started with leave to.
            Whoever runs it starts it like this:
          </p>
          <CodeBlock label="Command that starts Fanfare" text={start} />
        </>
      )}
    </div>
  );
}

const start =
  "DELIVERY_ALLOW_CIDRS=127.0.0.0/8,::1/128 NODE_EXTRA_CA_CERTS=data/receiver/certificate.pem npm start";
