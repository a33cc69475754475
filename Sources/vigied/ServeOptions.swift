// SPDX-License-Identifier: Apache-2.0

// The settings of a server as options, for the commands that take them.

public import ArgumentParser
package import CommandFiles
package import ProgramSettings

/// All settings of a server.
public struct ServeOptions: ParsableArguments {
    @Option(SettingKey.listen) var listen: [String]
    @Option(SettingKey.socketMode) var socketMode: String?
    @Option(SettingKey.proxies) var proxies: [String]
    @Option(SettingKey.proxyProtocol) var proxyProtocol: String?
    @Option(SettingKey.connectionsPerAddress) var connectionsPerAddress: String?
    @Option(SettingKey.tlsCertificate) var tlsCert: String?
    @Option(SettingKey.tlsKey) var tlsKey: String?
    @Option(SettingKey.tlsClientCA) var tlsClientCa: String?
    @Option(SettingKey.tlsClientAuthentication) var tlsClientAuth: String?
    @Option(SettingKey.tlsCertificateDirectory) var tlsCertDir: String?
    @Option(SettingKey.tlsMinimumVersion) var tlsMinVersion: String?
    @Flag(SettingKey.allowExpiredCertificate) var allowExpiredCertificate = false
    @Option(SettingKey.tokens) var tokens: String?
    @Option(SettingKey.access) var access: String?
    @Option(SettingKey.jwtKeys) var jwtKeys: String?
    @Option(SettingKey.jwtIssuer) var jwtIssuer: String?
    @Option(SettingKey.jwtAudience) var jwtAudience: String?
    @Option(SettingKey.jwtRolesClaim) var jwtRolesClaim: String?
    @Flag(SettingKey.allowAnonymous) var allowAnonymous = false
    @Option(SettingKey.reloadInterval) var reloadInterval: String?
    @Option(SettingKey.models) var models: String?
    @Option(SettingKey.defaultModel) var defaultModel: String?
    @Option(SettingKey.policies) var policies: String?
    @Option(SettingKey.policyFacts) var policyFacts: String?
    @Option(SettingKey.store) var store: String?
    @Option(SettingKey.storeBackups) var storeBackups: String?
    @Option(SettingKey.rescoreAt) var rescoreAt: String?
    @Option(SettingKey.rescoreModel) var rescoreModel: String?
    @Option(SettingKey.inbox) var inbox: String?
    @Option(SettingKey.inboxPortfolio) var inboxPortfolio: String?
    @Option(SettingKey.deliveryKey) var deliveryKey: String?
    @Option(SettingKey.deliveryNetworks) var deliveryNetworks: [String]
    @Option(SettingKey.deliveryCA) var deliveryCa: String?
    @Option(SettingKey.smtp) var smtp: String?
    @Option(SettingKey.smtpFrom) var smtpFrom: String?
    @Option(SettingKey.smtpUser) var smtpUser: String?
    @Option(SettingKey.smtpPassword) var smtpPassword: String?
    @Flag(SettingKey.readPapers) var readPapers = false
    @Flag(SettingKey.compressAnswers) var compressAnswers = false
    @Option(SettingKey.web) var web: String?
    @Option(SettingKey.webProxies) var webProxies: [String]
    @Option(SettingKey.webIdentityHeader) var webIdentityHeader: String?
    @Option(SettingKey.reflection) var reflection: String?
    @Option(SettingKey.threads) var threads: String?
    @Option(SettingKey.drainDelay) var drainDelay: String?
    @Option(SettingKey.drainTimeout) var drainTimeout: String?
    @Option(SettingKey.metricsListen) var metricsListen: String?
    @Option(SettingKey.accessLog) var accessLog: String?
    @Option(SettingKey.otlpEndpoint) var otlpEndpoint: String?
    @Option(SettingKey.otlpCA) var otlpCa: String?
    @Option(SettingKey.otlpHeaders) var otlpHeaders: String?
    @Option(SettingKey.otlpInterval) var otlpInterval: String?
    @Option(SettingKey.logLevel) var logLevel: String?
    @Option(SettingKey.logFormat) var logFormat: String?

    @Option(
        help: ArgumentHelp(
            "JSON file of settings. (environment: VIGIED_CONFIG)",
            valueName: "file"
        ),
        completion: .file()
    )
    var config: String?

    /// Made by the argument parser.
    public init() {}

    /// The values of the settings, from the command line, the environment and the file.
    ///
    /// - Throws: A file of settings that cannot be read.
    package func values(
        _ environment: [String: String]
    ) throws(CommandFailure) -> SettingValues<SettingKey> {
        SettingValues(
            flags: givenSettings(),
            environment: environment,
            file: try .named(config, environment: environment)
        )
    }
}
