// SPDX-License-Identifier: Apache-2.0

// Each connection takes a file descriptor. The soft limit is often 1,024 for the sake of old
// programs; what the hard one allows is taken at the start.

internal import CommandFiles
internal import ProgramSettings
internal import VigieLimits

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#endif

/// How many descriptors this process may have.
enum DescriptorLimit {
    /// What the server itself has open beside established connections, and some to spare.
    static let others = 128 + TransportLimits().handshakesMax

    /// Raises the limit as far as it may be, and holds it against what the threads need.
    ///
    /// - Throws: A bad configuration when the server could not even begin.
    static func check(threads: Int) throws(CommandFailure) {
        let (limit, least) = (raise(), 5 * threads + 32)
        guard limit < least else { return }
        throw CommandFailure(
            .badConfiguration,
            "this process may have \(limit) file descriptors, and \(threads) threads need \(least)",
            hint:
                "raise the limit (ulimit -n, LimitNOFILE=) or give fewer \(SettingKey.threads.flag)"
        )
    }

    /// Raises the limit as far as it may be.
    ///
    /// - Returns: What it is now.
    static func raise() -> Int {
        let kind = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        var limit = rlimit()
        guard getrlimit(kind, &limit) == 0 else { return 0 }
        if limit.rlim_cur < limit.rlim_max {
            var raised = limit
            raised.rlim_cur = limit.rlim_max
            if setrlimit(kind, &raised) == 0 { limit = raised }
        }
        return Int(clamping: limit.rlim_cur)
    }
}
