// SPDX-License-Identifier: Apache-2.0

// The machine: descriptors, memory, processors, clock.

internal import CTimex
internal import CommandFiles
internal import Forest
internal import FoundationEssentials
internal import VigieLimits

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#endif

/// Holds the machine against what a server may take.
struct MachineCheck {
    private let threadCount: Int?
    private let limits = TransportLimits()

    init(_ settings: DaemonSettings? = nil) {
        threadCount = settings?.threadCount
    }

    var findings: [Finding] {
        [descriptors, memory, processors, clock]
    }

    private var descriptors: Finding {
        var limit = rlimit()
        getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        let (most, wanted) = (
            Int(clamping: limit.rlim_max), limits.connectionsMax + DescriptorLimit.others
        )
        guard most < wanted else {
            return .good("descriptors", "\(most), of which \(wanted) may be needed")
        }
        return .warning(
            "descriptors",
            "\(most), and connectionsMax alone is \(limits.connectionsMax)",
            "LimitNOFILE=\(wanted) in the unit, or ulimit -Hn \(wanted)"
        )
    }

    private var memory: Finding {
        let pages = sysconf(Int32(_SC_PHYS_PAGES)) * sysconf(Int32(_SC_PAGESIZE))
        let most = min(pages, ControlGroup.number("memory.max") ?? .max)
        let wanted = limits.assemblyBytesMax + limits.answerBytesMax
        let (mostMebibytes, wantedMebibytes) = (most >> 20, wanted >> 20)
        guard most < wanted + Self.programBytes else {
            return .good(
                "memory",
                "\(mostMebibytes) MiB; calls may hold \(wantedMebibytes) MiB of them"
            )
        }
        return .warning(
            "memory",
            "\(mostMebibytes) MiB, and calls may hold \(wantedMebibytes) MiB",
            "give the server more, or keep callers from sending so much at once (see Limits)"
        )
    }

    /// The program, its models and what connections hold.
    private static let programBytes = 256 << 20

    private var processors: Finding {
        let online = ProcessInfo.processInfo.activeProcessorCount
        let path =
            switch ForestPath.best {
            case .avx512Vbmi, .avx512: "AVX-512"
            case .avx2: "AVX2"
            case .portable, .walk: "neither AVX2 nor AVX-512"
            }
        if let text = ForcedPath.problem { return .failed("processors", text, ForcedPath.hint) }
        if let name = ForestPath.wantedName {
            return .warning(
                "processors",
                "\(online), and \(ForestPath.variable) has trees go by \(name)",
                "unset it but for measurements"
            )
        }
        let text = "\(online) processors with \(path)"
        if let share = ControlGroup.processors, let threadCount, Double(threadCount) > share + 0.5 {
            return .warning(
                "processors",
                "\(text), of which this control group gets \(share), and \(threadCount) threads",
                "--threads \(max(1, Int(share.rounded()))), so that none waits for its turn"
            )
        }
        if let threadCount, threadCount > online {
            return .warning(
                "processors",
                "\(text) and \(threadCount) threads",
                "--threads \(online), so that none waits for its turn"
            )
        }
        return .good("processors", text)
    }

    private var clock: Finding {
        var state = timex()
        let result = adjtimex(&state)
        if result >= 0, state.status & STA_UNSYNC != 0 {
            return .warning(
                "clock",
                "nothing keeps it right",
                "timedatectl set-ntp true; certificates, tokens and as-of dates depend on it"
            )
        }
        return .good("clock", result < 0 ? "it cannot be asked" : "it is kept right")
    }
}

/// What a container or a service is allowed of the machine (control groups, version 2).
enum ControlGroup {
    /// A limit; nil for none.
    static func number(_ file: String) -> Int? {
        text(file).flatMap { Int($0.filter { !$0.isWhitespace }) }
    }

    /// Processors, as a share of time; nil for all.
    static var processors: Double? {
        let parts = text("cpu.max")?.split(whereSeparator: \.isWhitespace) ?? []
        guard parts.count == 2, let quota = Double(parts[0]), let period = Double(parts[1]),
            period > 0
        else { return nil }
        return quota / period
    }

    private static func text(_ file: String) -> String? {
        let line = SystemFile.text("/proc/self/cgroup")?.split(separator: "\n").first {
            $0.hasPrefix("0::")
        }
        guard let path = line?.dropFirst(3) else { return nil }
        return SystemFile.text("/sys/fs/cgroup\(path == "/" ? "" : path)/\(file)")
    }
}
