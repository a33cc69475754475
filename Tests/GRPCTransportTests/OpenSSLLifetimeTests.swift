// SPDX-License-Identifier: Apache-2.0

// That OpenSSL still works while a process ends: event loops go on for as long.

import GRPCTransport
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

@Suite struct OpenSSLLifetimeTests {
    @Test func contextsAreMadeUntilTheEnd() async {
        await #expect(processExitsWith: .success) {
            // What is registered first is called last: behind what OpenSSL would have called.
            atexit {
                _exit((try? TLSContext(client: ClientTLSConfiguration())) == nil ? 3 : 0)
            }
            _ = try TLSContext(client: ClientTLSConfiguration())
            exit(4)
        }
    }
}
