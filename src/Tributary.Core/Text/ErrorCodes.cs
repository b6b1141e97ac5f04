namespace Tributary.Core.Text;

/// <summary>Every code that an error can carry, one meaning each; <c>docs/errors.md</c> has a line for each.</summary>
public static class ErrorCodes
{
    // 01xx: files and YAML
    public const string FileMissing = "TRB0101";
    public const string YamlSyntax = "TRB0102";
    public const string UnknownKey = "TRB0103";
    public const string MissingKey = "TRB0104";
    public const string WrongType = "TRB0105";
    public const string DuplicateKey = "TRB0106";
    public const string LimitExceeded = "TRB0107";
    public const string UnknownKind = "TRB0108";
    public const string VariableMissing = "TRB0109";
    public const string SecretInFile = "TRB0110";
    public const string UnknownName = "TRB0111";
    public const string DuplicateName = "TRB0112";
    public const string ConfigVersion = "TRB0113";
    public const string SecretsFileOpen = "TRB0114";
    public const string InvalidValue = "TRB0115";
    public const string CsvSyntax = "TRB0116";
    public const string SecretsFileSyntax = "TRB0117";
    public const string PackageMissing = "TRB0118";
    public const string PackageConflict = "TRB0119";
    public const string PackageUnsafe = "TRB0120";

    // 02xx: warehouse
    public const string WarehouseUnreachable = "TRB0201";
    public const string BinariesMissing = "TRB0202";
    public const string PrivilegeMissing = "TRB0203";
    public const string SchemaTooNew = "TRB0204";
    public const string ServerTooOld = "TRB0205";
    public const string ClusterMissing = "TRB0206";
    public const string PortTaken = "TRB0207";
    public const string ClusterVersion = "TRB0208";
    public const string DiskFull = "TRB0209";
    public const string ClusterFailed = "TRB0210";
    public const string ServerUnsuitable = "TRB0211";
    public const string AccessNeedsAdministrator = "TRB0220";
    public const string AccessRoleMissing = "TRB0221";
    public const string BackupFailed = "TRB0222";
    public const string BackupDiffers = "TRB0223";
    public const string RestoreRefused = "TRB0224";
    public const string HandMadeViewStale = "TRB0225";

    // 03xx: models
    public const string TemplateError = "TRB0301";
    public const string UnknownReference = "TRB0302";
    public const string Cycle = "TRB0303";
    public const string DatabaseRefused = "TRB0304";
    public const string TestFailed = "TRB0305";
    public const string UnknownSelector = "TRB0306";
    public const string NotSupported = "TRB0307";
    public const string StateUnreadable = "TRB0308";
    public const string AccessRefused = "TRB0309";
    public const string StreamBehind = "TRB0320";
    public const string SubjectUnknown = "TRB0321";
    public const string ChangesRefused = "TRB0330";
    public const string FormUnreadable = "TRB0331";

    // 034x: databases that are read
    public const string QueryRefused = "TRB0340";
    public const string LoginTooStrong = "TRB0341";
    public const string KeysUnfit = "TRB0342";
    public const string KeyNotUnique = "TRB0343";
    public const string QueryUnfit = "TRB0344";

    // 04xx: loading
    public const string SourceUnreadable = "TRB0401";
    public const string TooManyRejects = "TRB0402";
    public const string RejectStays = "TRB0403";
    public const string RawTableUnfit = "TRB0404";
    public const string SourceReplaced = "TRB0405";
    public const string DropHeld = "TRB0411";
    public const string DropUnknown = "TRB0412";

    // 05xx: questionnaires, privacy, metrics
    public const string QuestionnaireMetadata = "TRB0501";
    public const string ClassUnknown = "TRB0502";
    public const string LeakFound = "TRB0503";
    public const string MetricInvalid = "TRB0504";
    public const string MetricVersion = "TRB0505";
    public const string WeakMasks = "TRB0506";
    public const string ColumnHeldBack = "TRB0507";
    public const string ViewInvalid = "TRB0508";
    public const string PathInvalid = "TRB0509";
    public const string ViewFailed = "TRB0510";

    // 06xx: exports
    public const string TrackRefused = "TRB0601";
    public const string DeliveryFailed = "TRB0602";
    public const string ExportInvalid = "TRB0603";
    public const string UpstreamFailed = "TRB0604";
    public const string OldFileStays = "TRB0605";
    public const string RightMissing = "TRB0606";
    public const string RightTooWide = "TRB0607";
    public const string HostKeyChanged = "TRB0610";
    public const string LoginRefused = "TRB0611";
    public const string ParameterMissing = "TRB0612";
    public const string HostRefused = "TRB0620";
    public const string DocumentInvalid = "TRB0621";
    public const string DocumentTooLarge = "TRB0622";
    public const string CollectionTaken = "TRB0623";
    public const string IndexConflict = "TRB0624";
    public const string DriverMissing = "TRB0625";

    // 07xx: jobs, settings, periods
    public const string JobInvalid = "TRB0701";
    public const string LeaseLost = "TRB0702";
    public const string StepTimedOut = "TRB0703";
    public const string SettingMissing = "TRB0704";
    public const string SettingInvalid = "TRB0705";
    public const string StepGivenUp = "TRB0706";
    public const string JobChanged = "TRB0707";
    public const string PeriodInvalid = "TRB0720";
    public const string NotPeriodic = "TRB0721";

    // 09xx: while running
    public const string OutOfReach = "TRB0901";
    public const string Defect = "TRB0902";
}
