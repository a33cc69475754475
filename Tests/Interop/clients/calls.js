// SPDX-License-Identifier: Apache-2.0

// Makes calls of ScoreRows with k6: a connection for each of its users, which calls until the
// iterations that all share are used up. From the environment: ADDRESS, CA, PROTOS, MESSAGE (a
// file with the request as JSON), COUNT and AT_ONCE.
import grpc from "k6/net/grpc";
import { Counter } from "k6/metrics";

const message = JSON.parse(open(__ENV.MESSAGE));
const authority = open(__ENV.CA);
const client = new grpc.Client();
const answered = new Counter("answered");
let connected = false;

client.load([__ENV.PROTOS], "vigie/v1/scoring_service.proto");

export const options = {
  scenarios: {
    calls: {
      executor: "shared-iterations",
      vus: Number(__ENV.AT_ONCE),
      iterations: Number(__ENV.COUNT),
      maxDuration: "10m",
    },
  },
};

export default function () {
  if (!connected) {
    client.connect(__ENV.ADDRESS, { tls: { cacerts: authority }, timeout: "30s" });
    connected = true;
  }
  const answer = client.invoke("vigie.v1.ScoringService/ScoreRows", message, { timeout: "60s" });
  if (answer.status === grpc.StatusOK && Number(answer.message.block.rowCount) > 0) {
    answered.add(1);
  } else {
    console.error(answer.status, JSON.stringify(answer.error));
  }
}

export function handleSummary(data) {
  const found = data.metrics.answered;
  return { stdout: `answered ${found ? found.values.count : 0}\n` };
}
