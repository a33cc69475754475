// SPDX-License-Identifier: Apache-2.0

// Gives a client's session what a server sends. Each of its calls must hear of its end, once.

import GRPCTransport
import TestCertificates

/// Called by libFuzzer with each input.
@_cdecl("vigie_fuzz_client")
func fuzzClient(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    guard let client = try? ClientOfFuzzer(FuzzedLink.link) else {
        preconditionFailure("no session")
    }
    var input = UnsafeRawBufferPointer(start: start, count: count)
    receive(frame(type: 4, flags: 0, stream: 0, []), client)
    while let step = FrameStep(&input) { perform(step, client) }
    client.end()
    return 0
}

private func perform(_ step: FrameStep, _ client: ClientOfFuzzer) {
    let end = step.flags & 1
    switch step.operation {
    case 0...9:
        let stream = step.operation == 4 || step.operation == 6 ? 0 : step.stream
        let flags = step.flags & 0x3F
        receive(frame(type: step.operation, flags: flags, stream: stream, step.content), client)
    case 10:
        // The status 200, by its number.
        let head = [0x88] + field("content-type", "application/grpc") + step.content
        receive(frame(type: 1, flags: 4 | end, stream: step.stream, head), client)
    case 11:
        let message = prefixed(step.content, isCompressed: step.flags & 2 != 0)
        receive(frame(type: 0, flags: end, stream: step.stream, message), client)
    case 12:
        let trailers = field("grpc-status", "\(step.flags >> 3)") + step.content
        receive(frame(type: 1, flags: 5, stream: step.stream, trailers), client)
    case 13: client.start(messageCount: Int(step.flags & 3))
    case 14: client.resume()
    default:
        if step.flags & 1 == 0 {
            receive(Array(step.content), client)
        } else {
            client.abandon(Int(step.stream / 2))
        }
    }
}

private func receive(_ bytes: [UInt8], _ client: ClientOfFuzzer) {
    bytes.withUnsafeBytes { client.receive($0) }
}

private enum FuzzedLink {
    nonisolated(unsafe) static let link: LinkOfFuzzer = {
        do {
            let certificates = try TestCertificates.make()
            defer { certificates.remove() }
            return try LinkOfFuzzer(
                server: TLSContext(
                    server: ServerTLSConfiguration(
                        certificatePath: certificates.serverCertificatePath,
                        keyPath: certificates.serverKeyPath
                    )
                ),
                client: TLSContext(client: ClientTLSConfiguration(caPath: certificates.caPath))
            )
        } catch {
            preconditionFailure("no link: \(error)")
        }
    }()
}
