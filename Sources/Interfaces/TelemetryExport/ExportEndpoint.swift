// SPDX-License-Identifier: Apache-2.0

// Where a collector is, as OpenTelemetry writes it.

package import GRPCTransport
package import NetworkAddresses
internal import VigieLimits

/// A collector.
package struct ExportEndpoint: Sendable {
    /// Host name or address, an IPv6 one without brackets.
    package let host: String
    /// Port.
    package let port: Int
    /// Whom to trust; nil to speak without TLS.
    package var tls: ClientTLSConfiguration?
    /// Further metadata of each push, such as a key of a service; names in lower case.
    package var metadata: [(name: String, value: String)] = []

    private static let example = "https://collector.example:4317"
    private static let form = AddressForm.calling(
        defaultPort: 4317,
        takesPaths: false,
        example: "collector.example:4317"
    )

    /// Reads `https://host:port` or `http://host:port`.
    ///
    /// - Throws: What is wrong with anything else, without what may be a secret in it.
    package init(_ text: String) throws(AddressProblem) {
        // Before all else: of such a text no part is shown.
        guard !text.contains("@") else {
            throw AddressProblem(
                "the address has a user name or a password in it, which is not shown here; leave "
                    + "it out, and give what the collector is to be shown in a file of metadata "
                    + "(otlp_headers)"
            )
        }
        let lower = text.lowercased()
        let scheme = ["https://", "http://"].first { lower.hasPrefix($0) }
        guard let scheme else {
            throw AddressProblem(
                "the address begins neither with https:// nor with http://; write \(Self.example)"
            )
        }
        tls = scheme == "https://" ? ClientTLSConfiguration() : nil
        var rest = text.dropFirst(scheme.count)
        if rest.hasSuffix("/") { rest = rest.dropLast() }
        guard !rest.contains(where: { "/?#".contains($0) }) else {
            throw AddressProblem(
                "the address has a path or a query, which OTLP over gRPC has not; write "
                    + Self.example
            )
        }
        let address = try Self.form.address(String(rest))
        (host, port) = (address.host, address.port)
    }

    /// What is wrong with a text that is to be the address of a collector; nil when nothing is.
    package static func problem(_ text: String) -> String? {
        do throws(AddressProblem) { _ = try ExportEndpoint(text) } catch {
            return error.description
        }
        return nil
    }

    /// Reads the lines of a file, `name: value` each.
    ///
    /// - Throws: What is wrong with a line; its value, which may be a secret, is not shown.
    package static func metadata(
        lines text: String
    ) throws(ExportMetadataError) -> [(name: String, value: String)] {
        var metadata: [(name: String, value: String)] = []
        for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false)
            .enumerated()
        where !line.allSatisfy(\.isWhitespace) && !line.hasPrefix("#") {
            guard let colon = line.firstIndex(of: ":") else {
                throw ExportMetadataError(line: number + 1, problem: "has no colon")
            }
            let name = line[..<colon].lowercased()
            let value = line[line.index(after: colon)...].trimmed
            guard !name.isEmpty, name.utf8.allSatisfy(isNameByte), !name.hasPrefix("grpc-") else {
                throw ExportMetadataError(line: number + 1, problem: "has no usable name")
            }
            guard !value.isEmpty, value.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) else {
                throw ExportMetadataError(line: number + 1, problem: "has no usable value")
            }
            metadata.append((name, value))
        }
        guard metadata.count <= TelemetryLimits.metadata else {
            throw ExportMetadataError(
                line: TelemetryLimits.metadata + 1,
                problem: "is one too many"
            )
        }
        return metadata
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte)
            || [0x2D, 0x2E, 0x5F]
                .contains(byte)
    }
}

/// What is wrong with a line of metadata.
package struct ExportMetadataError: Error, CustomStringConvertible {
    let line: Int
    let problem: String

    /// In words.
    package var description: String {
        "line \(line) \(problem); write each line as name: value"
    }
}

extension Substring {
    fileprivate var trimmed: String {
        String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }
}
