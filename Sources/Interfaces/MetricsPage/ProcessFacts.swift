// SPDX-License-Identifier: Apache-2.0

// What the system says of this process, under the names that every exporter has for it.

internal import CommandFiles

extension ProcessFacts {
    func write(to page: inout Exposition) {
        let name = "process_cpu_seconds_total"
        page.family(name, .counter, "Processor time, of the system too, in seconds.")
        page.sample(name, [], processorSeconds)
        for (name, help, value) in [
            ("process_resident_memory_bytes", "Memory in RAM.", residentBytes),
            ("process_open_fds", "Open file descriptors.", openDescriptors),
            ("process_max_fds", "Most that may be open.", maximumDescriptors),
            (
                "process_start_time_seconds", "When the process began, in seconds since 1970.",
                startSeconds
            ),
        ] {
            page.family(name, .gauge, help)
            page.sample(name, [], value)
        }
    }
}
