// SPDX-License-Identifier: Apache-2.0

// What a server shows, for as long as it runs: the files are read again when somebody says so, and
// what cannot be used leaves everything as it was. Connections keep what they began with.

internal import Synchronization

/// The certificates of a server, which may change.
package final class ServerCertificates: Sendable {
    private let configuration: ServerTLSConfiguration
    private let context: Mutex<TLSContext>

    /// Reads them for the first time.
    package init(_ configuration: ServerTLSConfiguration) throws(TLSError) {
        self.configuration = configuration
        context = Mutex(try TLSContext(server: configuration))
    }

    /// For a connection that comes now.
    var current: TLSContext { context.withLock { $0 } }

    /// Reads them again. Tickets of before no longer count: whom a server lets in may have changed.
    func reload() throws(TLSError) {
        let new = try TLSContext(server: configuration)
        context.withLock { $0 = new }
    }
}
