import { panel } from "../../model/dashboard";
import { ratio } from "../../model/indicator";
import { upTo } from "../../model/metric";
import { counter, telemetry } from "../../model/telemetry";

const ofInterface = { device: upTo(10, "eth0") };

const received = counter("node_network_receive_bytes_total", {
  help: "Bytes received",
  unit: "bytes",
  labels: ofInterface,
});
const sent = counter("node_network_transmit_bytes_total", { help: "Bytes sent", unit: "bytes", labels: ofInterface });
const receivedPackets = counter("node_network_receive_packets_total", {
  help: "Packets received",
  unit: "packets",
  labels: ofInterface,
});
const sentPackets = counter("node_network_transmit_packets_total", {
  help: "Packets sent",
  unit: "packets",
  labels: ofInterface,
});
const receiveErrors = counter("node_network_receive_errs_total", {
  help: "Packets received damaged",
  unit: "packets",
  labels: ofInterface,
});
const sendErrors = counter("node_network_transmit_errs_total", {
  help: "Packets that could not be sent",
  unit: "packets",
  labels: ofInterface,
});
const receiveDrops = counter("node_network_receive_drop_total", {
  help: "Packets received and dropped for want of room",
  unit: "packets",
  labels: ofInterface,
});
const sendDrops = counter("node_network_transmit_drop_total", {
  help: "Packets dropped instead of sent",
  unit: "packets",
  labels: ofInterface,
});
const segmentsSent = counter("node_netstat_Tcp_OutSegs", { help: "TCP segments sent", unit: "packets" });
const segmentsResent = counter("node_netstat_Tcp_RetransSegs", { help: "TCP segments sent again", unit: "packets" });

/** The network beyond the host: traffic of a host with itself is neither bandwidth nor loss. */
const outside = { device: { not: "lo" } } as const;

const loss = ratio(receiveDrops.where(outside).rate("5m"), receivedPackets.where(outside).rate("5m")).by("instance");
const retransmissions = ratio(segmentsResent.rate("5m"), segmentsSent.rate("5m")).by("instance");

/**
 * The network of hosts, by the node exporter. It measures no latency; segments that TCP had to send again are what a slow or
 * lossy network looks like from a host.
 * Source: node_exporter, collectors `netdev` and `netstat`.
 */
export const hostNetwork = telemetry("host-network", {
  metrics: {
    received,
    sent,
    receivedPackets,
    sentPackets,
    receiveErrors,
    sendErrors,
    receiveDrops,
    sendDrops,
    segmentsSent,
    segmentsResent,
  },
  indicators: {
    network_received: received.where(outside).rate("5m").by("instance"),
    network_sent: sent.where(outside).rate("5m").by("instance"),
    packet_loss: loss,
    network_receive_errors: ratio(
      receiveErrors.where(outside).rate("5m"),
      receivedPackets.where(outside).rate("5m"),
    ).by("instance"),
    network_send_errors: ratio(sendErrors.where(outside).rate("5m"), sentPackets.where(outside).rate("5m")).by(
      "instance",
    ),
    network_retransmissions: retransmissions,
  },
  panels: {
    errors: [
      panel("packet-loss", "Packets dropped on arrival", { "{{instance}}": loss }),
      panel("network-errors", "Network errors and drops", {
        "damaged on arrival": receiveErrors.where(outside).rate("5m"),
        "not sent": sendErrors.where(outside).rate("5m"),
        "dropped before sending": sendDrops.where(outside).rate("5m"),
      }),
    ],
    performance: [panel("retransmissions", "TCP segments sent again", { "{{instance}}": retransmissions })],
    infrastructure: [
      panel("bandwidth", "Network", {
        "received, {{instance}}": received.where(outside).rate("5m").by("instance"),
        "sent, {{instance}}": sent.where(outside).rate("5m").by("instance"),
      }),
    ],
  },
});
