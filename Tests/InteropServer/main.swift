// SPDX-License-Identifier: Apache-2.0

// A server with gRPC's interoperability tests alone, for clients of others:
// interop-server PORT CERTIFICATE KEY. It lives until its standard input ends.

import GRPCTransport
import InteropService
import Logging

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

let arguments = CommandLine.arguments
guard arguments.count == 4, let port = Int(arguments[1]) else {
    fatalError("interop-server PORT CERTIFICATE KEY")
}
let tls = ServerTLSConfiguration(certificatePath: arguments[2], keyPath: arguments[3])
let configuration = ServerConfiguration(port: port, tls: tls, eventLoopCount: 2)
let server = try GRPCServer(
    configuration: configuration,
    routes: InteropService.description.routes,
    logger: Logger(label: "interop-server")
)
// At once: whoever started this waits for it.
print(try await server.start())
fflush(nil)
while readLine() != nil {}
await server.shutdownGracefully(timeout: .seconds(5))
