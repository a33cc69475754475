// SPDX-License-Identifier: Apache-2.0

// vigied doctor: looks at all that a server needs, and says what to do.

internal import ArgumentParser
internal import CommandFiles
internal import Documents
internal import FoundationEssentials
internal import ProgramSettings

/// Examines what a server would start with.
struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Examine settings, certificates, ports, models and machine, and say what to do.",
        discussion: """
            Takes the settings of 'vigied serve' and changes nothing; a server that runs is not \
            disturbed. Exit code 0 when a server can serve, whatever there is to look at; 78 when \
            it cannot.

            EXAMPLE
              vigied doctor --config /etc/vigie/vigied.json
            """
    )

    @OptionGroup var options: ServeOptions

    @Flag(help: "Print the findings as JSON.")
    var json = false

    func run() async throws {
        let findings = await findings()
        try await CommandFailure.reporting { try printOutput(json ? findings.json : findings.text) }
        if findings.contains(where: { $0.state == .failed }) {
            throw ExitCode(CommandStatus.badConfiguration.rawValue)
        }
    }

    /// Variables that look like settings and are none: most likely slips of the pen. Kubernetes
    /// gives others of that beginning to whoever is beside a service of that name.
    private var unknownVariables: [Finding] {
        let known = SettingKey.allCases.map(\.environmentVariable) + [SettingKey.fileVariable]
        let names = ProcessInfo.processInfo.environment.keys.sorted()
        return names.compactMap { name in
            guard name.hasPrefix("VIGIED_"), !known.contains(name),
                let meant = NearestName.among(known, to: name)
            else { return nil }
            return .warning("settings", "the variable \(name) is no setting", "\(meant)?")
        }
    }

    private func findings() async -> [Finding] {
        let settings: DaemonSettings
        do throws(CommandFailure) {
            let values = try options.values(ProcessInfo.processInfo.environment)
            try values.check()
            settings = try DaemonSettings(values)
        } catch {
            // Without settings nobody knows what else to look at.
            return [.failed("settings", error.message, error.hint)] + MachineCheck().findings
        }
        let idle = settings.warnings.map {
            Finding.warning("settings", $0, "give that too, or leave it out")
        }
        return [.good("settings", "each is of its form")] + idle + unknownVariables
            + CertificateFindings(settings).findings
            + AccessFindings(settings).findings
            + PortCheck(settings).findings
            + ModelFindings(settings).findings
            + PolicyFindings(settings).findings
            + MachineCheck(settings).findings
            + (await CollectorFindings(settings).findings)
    }
}
