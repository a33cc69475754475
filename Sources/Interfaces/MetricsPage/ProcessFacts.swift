// SPDX-License-Identifier: Apache-2.0

// What the system says of this process, under the names that every exporter has for it.

internal import CommandFiles

extension ProcessFacts {
    /// All of it.
    var families: [MetricFamily] {
        func gauge(_ name: String, _ help: String, _ value: Double) -> MetricFamily {
            MetricFamily(name, .gauge, help, [.init([], .number(value))])
        }
        return [
            MetricFamily(
                "process_cpu_seconds_total",
                .counter,
                "Processor time, of the system too, in seconds.",
                [.init([], .number(processorSeconds))]
            ),
            gauge("process_resident_memory_bytes", "Memory in RAM.", residentBytes),
            gauge("process_open_fds", "Open file descriptors.", openDescriptors),
            gauge("process_max_fds", "Most that may be open.", maximumDescriptors),
            gauge(
                "process_start_time_seconds",
                "When the process began, in seconds since 1970.",
                startSeconds
            ),
        ]
    }
}
