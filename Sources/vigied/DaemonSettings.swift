// SPDX-License-Identifier: Apache-2.0

// The settings of one run, checked.

package import CommandFiles
package import Databases
package import DeliveryApplication
package import GRPCTransport
package import Logging
package import NetworkAddresses
package import ProgramSettings
internal import Rescoring
package import TelemetryExport
internal import VigieLimits
package import VigieService

/// Forms of log lines.
package enum LogFormat: String, Sendable, CaseIterable {
    /// For people.
    case text
    /// One JSON object a line.
    case json
}

/// What the daemon was told.
package struct DaemonSettings: Sendable {
    /// Where to listen, where nobody passes sockets along.
    package let listen: [NetworkAddress]
    /// Who may connect to sockets that are files; nil leaves that to the mask of the process.
    package let socketMode: UInt32?
    /// Where proxies are.
    package let proxies: [AddressRange]
    /// Whether they say first for whom they come.
    package let readsProxyHeaders: Bool
    /// Connections of one address.
    package let connectionsPerAddress: Int
    /// Certificates, keys and CAs.
    package let tls: ServerTLSConfiguration
    /// Who is let in, and as whom.
    package let access: AccessSettings
    /// Time between two looks at files that may have changed, in seconds; 0 for none.
    package let reloadIntervalSeconds: Int
    /// Whether to start with a certificate that has expired.
    package let isExpiredCertificateAllowed: Bool
    /// Directory of model bundles; nil means the bundled models.
    package let modelsDirectory: String?
    /// Name of the default model; nil leaves the choice to the server.
    package let defaultModel: String?
    /// Directory of policies; nil for none.
    package let policiesDirectory: String?
    /// File of what is told all of them; nil for none.
    package let policyFactsPath: String?
    /// Where portfolios are kept; nil for nowhere.
    package let store: DatabaseAddress?
    /// Where a store is saved before its tables change; nil for beside its file.
    package let storeBackupsDirectory: String?
    /// When and by which model portfolios are scored again.
    package let rescoring: RescoringSettings
    /// Folder of papers that are read; nil for none.
    package let inboxDirectory: String?
    /// Portfolio whose companies count in them.
    package let inboxPortfolio: String?
    /// How others are told of what happens in it.
    package let deliveries: DeliverySettings
    /// File of the key by which secrets of others are sealed; nil for none.
    package let deliveryKeyPath: String?
    /// Whether papers of companies are read for callers.
    package let readsPapers: Bool
    /// Where metrics are told; nil for nowhere.
    package let metricsListen: NetworkAddress?
    /// Whether answers are compressed for all clients that take it.
    package let compressesAnswers: Bool
    /// Whether clients may ask what services there are.
    package let offersReflection: Bool
    /// Whether methods can be called in plain HTTP, too.
    package let hasWebDoor: Bool
    /// Proxies that are believed there on who asks; nil for none.
    package let proxySignIn: ProxySignIn?
    /// Where a line for each call is written; nil for nowhere.
    package let accessLogPath: String?
    /// The collector of telemetry; nil for none.
    package let collector: ExportEndpoint?
    /// Time between two pushes of metrics, in seconds.
    package let pushIntervalSeconds: Int
    /// Least level that is logged.
    package let logLevel: Logger.Level
    /// Form of log lines.
    package let logFormat: LogFormat
    /// Number of event loops.
    package let threadCount: Int
    /// Time between NOT_SERVING and the stop, in seconds.
    package let drainDelaySeconds: Int
    /// Time for calls to finish when the daemon stops, in seconds.
    package let drainTimeoutSeconds: Int
    /// What is given and does nothing.
    package let warnings: [String]

    /// Takes the settings from their values.
    ///
    /// - Parameter passed: Sockets that whoever started the process passes along.
    /// - Throws: All that is wrong with them, each with the setting and where it came from.
    package init(
        _ values: SettingValues<SettingKey>,
        passed: PassedSockets = .none
    ) throws(CommandFailure) {
        try values.check()
        listen = (try? DaemonAddresses.calls.list(values.text(.listen))) ?? []
        socketMode = values.optional(.socketMode).flatMap { UInt32($0, radix: 8) }
        proxies = values.optional(.proxies).flatMap(AddressRange.list) ?? []
        readsProxyHeaders = values.text(.proxyProtocol) == "v2"
        if readsProxyHeaders, proxies.isEmpty {
            throw CommandFailure(
                .badConfiguration,
                "\(SettingKey.proxyProtocol.flag) v2 is heeded from proxies that are named only; "
                    + "name them with \(SettingKey.proxies.flag)"
            )
        }
        connectionsPerAddress = values.number(.connectionsPerAddress)
        var tls = ServerTLSConfiguration(
            certificatePath: values.text(.tlsCertificate),
            keyPath: values.text(.tlsKey),
            clientCAPath: values.optional(.tlsClientCA)
        )
        tls.isClientCertificateRequired = values.text(.tlsClientAuthentication) == "required"
        tls.certificateDirectory = values.optional(.tlsCertificateDirectory)
        tls.isModernOnly = values.text(.tlsMinimumVersion) == "1.3"
        self.tls = tls
        let others = passed.ofManager.map { ($0.description, $0.isLoopback) }
        warnings = SettingNeed.unmet((values, others.isEmpty ? listen : nil))
        access = try AccessSettings(
            values,
            listen: others.isEmpty ? listen.map { ($0.description, $0.isLoopback) } : others
        )
        reloadIntervalSeconds = values.number(.reloadInterval)
        isExpiredCertificateAllowed = values.isOn(.allowExpiredCertificate)
        modelsDirectory = values.optional(.models)
        defaultModel = values.optional(.defaultModel)
        policiesDirectory = values.optional(.policies)
        policyFactsPath = values.optional(.policyFacts)
        store = values.optional(.store).flatMap { DatabaseAddress($0) }
        storeBackupsDirectory = values.optional(.storeBackups)
        rescoring = Self.rescoring(values)
        inboxDirectory = values.optional(.inbox)
        inboxPortfolio = values.optional(.inboxPortfolio)
        guard inboxDirectory == nil || inboxPortfolio != nil && store != nil else {
            throw CommandFailure(
                .badConfiguration,
                "\(SettingKey.inbox.flag) needs \(SettingKey.store.flag), and "
                    + "\(SettingKey.inboxPortfolio.flag) for whose companies papers are read"
            )
        }
        deliveries = try DeliverySettings(values)
        deliveryKeyPath = values.optional(.deliveryKey)
        readsPapers = values.isOn(.readPapers)
        metricsListen = values.optional(.metricsListen).flatMap {
            try? DaemonAddresses.metrics.address($0)
        }
        compressesAnswers = values.isOn(.compressAnswers)
        offersReflection = values.text(.reflection) == "on"
        hasWebDoor = values.text(.web) == "on"
        proxySignIn = try Self.proxySignIn(values)
        accessLogPath = values.optional(.accessLog)
        collector = try Self.collector(values)
        pushIntervalSeconds = values.number(.otlpInterval)
        logLevel = Logger.Level(rawValue: values.text(.logLevel)) ?? .info
        logFormat = LogFormat(rawValue: values.text(.logFormat)) ?? .text
        threadCount = values.number(.threads)
        drainDelaySeconds = values.number(.drainDelay)
        drainTimeoutSeconds = values.number(.drainTimeout)
    }

    /// Who of those before the server is believed: which proxies, and by which header.
    private static func proxySignIn(
        _ values: SettingValues<SettingKey>
    ) throws(CommandFailure) -> ProxySignIn? {
        let networks = values.optional(.webProxies).flatMap(AddressRange.list)
        let header = values.optional(.webIdentityHeader)
        if networks == nil, header == nil { return nil }
        guard let networks, let header, values.optional(.access) != nil else {
            throw CommandFailure(
                .badConfiguration,
                "\(SettingKey.webProxies.flag), \(SettingKey.webIdentityHeader.flag) and "
                    + "\(SettingKey.access.flag) go together: which proxies say who asks, in which "
                    + "header, and what he may whom they name"
            )
        }
        return ProxySignIn(header: header, networks: networks)
    }

    private static func rescoring(_ values: SettingValues<SettingKey>) -> RescoringSettings {
        var settings = RescoringSettings()
        settings.daily = DailyTime(values.text(.rescoreAt))
        settings.model = values.optional(.rescoreModel) ?? ""
        return settings
    }

    private static func collector(
        _ values: SettingValues<SettingKey>
    ) throws(CommandFailure) -> ExportEndpoint? {
        guard let text = values.optional(.otlpEndpoint),
            var endpoint = try? ExportEndpoint(text)
        else { return nil }
        if let path = values.optional(.otlpCA) {
            guard endpoint.tls != nil else {
                throw CommandFailure(
                    .badConfiguration,
                    "\(SettingKey.otlpCA.flag) is given, and \(text) is without TLS; begin the "
                        + "address with https://"
                )
            }
            endpoint.tls = ClientTLSConfiguration(caPath: path)
        }
        if let path = values.optional(.otlpHeaders) {
            let limit = TelemetryLimits.metadataFileBytes
            do {
                let bytes = try SmallFile.bytes(path: path, bytesMax: limit)
                let text = String(decoding: bytes, as: UTF8.self)
                endpoint.metadata = try ExportEndpoint.metadata(lines: text)
            } catch let error as CommandFailure {
                throw CommandFailure(.badConfiguration, error.message)
            } catch {
                throw CommandFailure(.badConfiguration, "\(path), \(error)")
            }
        }
        return endpoint
    }
}
