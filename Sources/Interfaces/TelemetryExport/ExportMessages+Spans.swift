// SPDX-License-Identifier: Apache-2.0

// Spans as a collector takes them (opentelemetry/proto/trace/v1), with the attributes that
// OpenTelemetry's conventions have for servers of gRPC.

internal import ProtobufCoding
internal import Telemetry

extension ProtobufWriter {
    /// An ExportTraceServiceRequest.
    static func request(spans: [Span], from source: ExportSource) -> [UInt8] {
        var request = ProtobufWriter()
        request.resource(source) { scope in
            for span in spans { scope.nested(2) { $0.fields(of: span) } }
        }
        return request.contents
    }

    private mutating func fields(of span: Span) {
        let call = span.call
        identifier(1, span.trace.traceID)
        identifier(2, span.identifier)
        text(3, span.trace.state)
        identifier(4, span.trace.parentID)
        // A path begins with a slash, a name of a span does not.
        text(5, call.path.isEmpty ? "other" : String(call.path.dropFirst()))
        tag(Tag.varint(6))
        enumeration(Self.serverKind)
        time(7, call.beginNanoseconds)
        time(8, call.beginNanoseconds &+ call.nanoseconds)
        let parts = call.path.split(separator: "/")
        attribute(9, "rpc.system", "grpc")
        attribute(9, "rpc.service", parts.count == 2 ? String(parts[0]) : "")
        attribute(9, "rpc.method", parts.count == 2 ? String(parts[1]) : "")
        attribute(9, "rpc.grpc.status_code", call.code)
        attribute(9, "network.peer.address", call.peerAddress)
        if call.peerPort > 0 { attribute(9, "network.peer.port", call.peerPort) }
        attribute(9, "vigie.caller", call.caller)
        if Self.codesOfServers.contains(call.code) {
            nested(15) { status in
                status.tag(Tag.varint(3))
                status.enumeration(Self.errorStatus)
            }
        }
        tag(Tag.fixed32(16))
        fixed32(Self.sampledParentOfOthers)
    }

    private mutating func identifier(_ field: UInt32, _ digits: String) {
        let bytes = stride(from: 0, to: digits.utf8.count, by: 2).compactMap { place in
            UInt8(digits.dropFirst(place).prefix(2), radix: 16)
        }
        tag(Tag.bytes(field))
        self.bytes(bytes)
    }

    private static let serverKind = 2
    private static let errorStatus = 2
    /// Sampled, and a parent that is known to be of another process.
    private static let sampledParentOfOthers: UInt32 = 0x301
    /// Codes that are errors of a server, by the conventions: what a client did wrong is none.
    private static let codesOfServers: Set<Int> = [2, 4, 12, 13, 14, 15]
}
