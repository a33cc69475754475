// SPDX-License-Identifier: Apache-2.0

// What the system says of this process.

internal import FoundationEssentials

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#endif

/// This process, as the system sees it.
package struct ProcessFacts {
    /// Processor time, of the system too, in seconds.
    package private(set) var processorSeconds = 0.0
    /// Memory in RAM, in bytes.
    package private(set) var residentBytes = 0.0
    /// Open file descriptors.
    package private(set) var openDescriptors = 0.0
    /// Most that may be open.
    package private(set) var maximumDescriptors = 0.0
    /// When it began, in seconds since 1970.
    package private(set) var startSeconds = 0.0

    /// As it is now. What the system does not say is 0.
    package static var now: ProcessFacts {
        var facts = ProcessFacts()
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        facts.processorSeconds = seconds(usage.ru_utime) + seconds(usage.ru_stime)
        var limit = rlimit()
        getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        facts.maximumDescriptors = Double(limit.rlim_cur)
        facts.residentBytes = residentNow
        facts.openDescriptors = Double(
            (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd"))?.count ?? 0
        )
        facts.startSeconds = start
        return facts
    }

    /// Memory in RAM now, in bytes; 0 when the system does not say.
    package static var residentNow: Double {
        let pages = fields("/proc/self/statm").dropFirst().first ?? 0
        return pages * Double(sysconf(Int32(_SC_PAGESIZE)))
    }

    /// When the process began, in seconds since 1970; computed once.
    private static let start: Double = {
        let stat = SystemFile.text("/proc/self/stat") ?? ""
        // The name of the program stands in brackets and may have blanks in it.
        let rest = stat.split(separator: ")").last ?? ""
        let values = rest.split(separator: " ")
        let uptime = fields("/proc/uptime").first ?? 0
        guard values.count > 19, let ticks = Double(values[19]) else { return 0 }
        let ago = uptime - ticks / Double(sysconf(Int32(_SC_CLK_TCK)))
        return Double(time(nil)) - ago
    }()

    private static func fields(_ path: String) -> [Double] {
        (SystemFile.text(path) ?? "").split(whereSeparator: \.isWhitespace).compactMap {
            Double($0)
        }
    }

    private static func seconds(_ time: timeval) -> Double {
        Double(time.tv_sec) + Double(time.tv_usec) / 1e6
    }
}
