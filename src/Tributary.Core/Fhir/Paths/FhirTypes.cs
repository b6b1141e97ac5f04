using System.Collections.Frozen;

namespace Tributary.Core.Fhir.Paths;

/// <summary>FHIR's data types, and what can be known of an element by its name alone (FHIR R4, R4B and R5, "Data Types" and resource pages).</summary>
internal static class FhirTypes
{
    private const string ElementPrefix = "http://hl7.org/fhir/StructureDefinition/";
    private const string SystemPrefix = "http://hl7.org/fhirpath/System.";

    private static readonly FrozenDictionary<string, PathKind> Primitives = new Dictionary<string, PathKind>(StringComparer.Ordinal)
    {
        ["boolean"] = PathKind.Boolean,
        ["integer"] = PathKind.Integer,
        ["positiveInt"] = PathKind.Integer,
        ["unsignedInt"] = PathKind.Integer,
        ["integer64"] = PathKind.Integer,
        ["decimal"] = PathKind.Decimal,
        ["date"] = PathKind.Date,
        ["dateTime"] = PathKind.DateTime,
        ["instant"] = PathKind.DateTime,
        ["time"] = PathKind.Time,
        ["string"] = PathKind.String,
        ["code"] = PathKind.String,
        ["id"] = PathKind.String,
        ["uri"] = PathKind.String,
        ["url"] = PathKind.String,
        ["canonical"] = PathKind.String,
        ["oid"] = PathKind.String,
        ["uuid"] = PathKind.String,
        ["markdown"] = PathKind.String,
        ["base64Binary"] = PathKind.String,
        ["xhtml"] = PathKind.String,
        // FHIRPath's own names, after System.
        ["Boolean"] = PathKind.Boolean,
        ["Integer"] = PathKind.Integer,
        ["Long"] = PathKind.Integer,
        ["Decimal"] = PathKind.Decimal,
        ["Date"] = PathKind.Date,
        ["DateTime"] = PathKind.DateTime,
        ["Time"] = PathKind.Time,
        ["String"] = PathKind.String,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenSet<string> Complex = Words("""
        Address Age Annotation Attachment Availability CodeableConcept CodeableReference Coding ContactDetail ContactPoint Contributor Count
        DataRequirement Distance Dosage Duration ElementDefinition Expression ExtendedContactDetail Extension HumanName Identifier
        MarketingStatus Meta MonetaryAmount Money MoneyQuantity Narrative ParameterDefinition Period Population ProdCharacteristic
        ProductShelfLife Quantity Range Ratio RatioRange Reference RelatedArtifact RelativeTime SampledData Signature SimpleQuantity
        SubstanceAmount Timing TriggerDefinition UsageContext VirtualServiceDetail BackboneElement Element
        """);

    /// <summary>Elements that FHIR writes with their type in the name: <c>valueQuantity</c>.</summary>
    private static readonly FrozenSet<string> Choices = Words("""
        value effective onset abatement deceased multipleBirth medication occurrence performed asNeeded rate dose born age allowed serviced
        location product item subject reported timing scheduled due start detail defaultValue fixed pattern minValue maxValue answer entity
        target source sourceScope targetScope content amount topic legallyBinding statusReason indication additive procedure diagnosis
        identified collected fastingStatus minimumVolume event bounds doseNumber seriesDoses author chargeItem definition characteristic
        participantEffective studyEffective probability when presence module schedule offset code name example initialValue instantiates
        versionAlgorithm valueSet attribute created used time duration minimum maximum stability manufacturer effectiveTime context
        """);

    /// <summary>Elements that are a choice wherever they stand: without a type they may be any of them.</summary>
    private static readonly FrozenSet<string> OnlyChoices = Words("""
        effective onset abatement deceased multipleBirth medication occurrence performed asNeeded born allowed serviced scheduled
        identified collected bounds doseNumber seriesDoses
        """);

    /// <summary>Where <c>value</c> is a choice; elsewhere (in Quantity, Identifier, ContactPoint …) it is a plain element.</summary>
    private static readonly FrozenSet<string> ValueHolders = Words("""
        Observation component extension modifierExtension answer parameter part input output characteristic usageContext useContext
        answerOption initial supportingInfo Parameters property evidence fact valueset itemValue qualifier
        """);

    /// <summary>Elements that never stand more than once where they stand, in any resource or data type.</summary>
    private static readonly FrozenSet<string> Singular = Words("""
        id resourceType active gender birthDate family use system display unit comparator city district state postalCode country reference
        versionId lastUpdated linkId start end userSelected text status title valueString valueBoolean valueInteger valueDecimal
        valueDate valueDateTime valueTime valueInstant valueCode valueUri valueUrl valueCanonical valueId valueCoding valueCodeableConcept
        valueQuantity valueRange valuePeriod valueReference valueRatio valueAttachment valueIdentifier valueUnsignedInt valuePositiveInt
        deceasedBoolean deceasedDateTime multipleBirthBoolean multipleBirthInteger effectiveDateTime effectivePeriod effectiveInstant
        onsetDateTime abatementDateTime performedDateTime performedPeriod occurrenceDateTime occurrencePeriod medicationCodeableConcept
        medicationReference authoredOn recordedDate issued maritalStatus managingOrganization patient div implicitRules questionnaire authored
        """);

    /// <summary>Elements that stand more than once in few resources only, with those (or their elements) in which they never do.</summary>
    private static readonly FrozenDictionary<string, FrozenSet<string>> SingularIn = new Dictionary<string, FrozenSet<string>>(StringComparer.Ordinal)
    {
        ["code"] = Words("""
            coding Coding valueCoding valueQuantity Quantity component Observation Condition Procedure DiagnosticReport ServiceRequest Task AllergyIntolerance
            Medication Flag Basic RiskAssessment concept
            """),
        ["subject"] = Words("""
            Observation Condition Procedure Encounter DiagnosticReport MedicationRequest MedicationAdministration MedicationStatement MedicationDispense
            ServiceRequest CarePlan CareTeam QuestionnaireResponse Goal EpisodeOfCare ClinicalImpression ImagingStudy Flag RiskAssessment Specimen
            """),
        ["encounter"] = Words("Observation Condition Procedure DiagnosticReport MedicationRequest ServiceRequest QuestionnaireResponse CarePlan CareTeam Task"),
        ["period"] = Words("Encounter CarePlan CareTeam EpisodeOfCare name telecom address identifier HumanName Address ContactPoint Identifier PractitionerRole"),
        ["value"] = Words("identifier Identifier telecom ContactPoint valueQuantity Quantity low high numerator denominator"),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenSet<string> DateNames = Words("birthDate expirationDate approvalDate lastReviewDate paymentDate statusDate lotExpiration");

    private static readonly FrozenSet<string> DateTimeNames = Words("lastUpdated issued authoredOn authored recordedDate start end recorded");

    public static bool IsChoice(string name) => Choices.Contains(name);

    /// <summary>Whether FHIR lets the element stand once at most where it stands, so that its JSON is never an array.</summary>
    public static bool IsSingular(string name, string? parent) =>
        Singular.Contains(name) || (parent is not null && SingularIn.TryGetValue(name, out var holders) && holders.Contains(parent));

    /// <summary>Whether an element without a type may carry any: <paramref name="parent"/> is the element or resource that holds it.</summary>
    public static bool IsOpenChoice(string name, string? parent) =>
        OnlyChoices.Contains(name) || (name == "value" && parent is not null && ValueHolders.Contains(parent));

    public static bool IsDataType(string type) => IsPrimitive(type) || Complex.Contains(type);

    public static bool IsPrimitive(string type) => Primitives.ContainsKey(type) && char.IsAsciiLetterLower(type[0]);

    /// <summary>The keys that a choice element may have in JSON, the plain one first.</summary>
    public static IEnumerable<string> Keys(string name) =>
        [name, .. Primitives.Keys.Where(IsPrimitive).Concat(Complex).Order(StringComparer.Ordinal).Select(type => Key(name, type))];

    /// <summary><c>value</c> and <c>dateTime</c> → <c>valueDateTime</c></summary>
    public static string Key(string name, string type) => $"{name}{char.ToUpperInvariant(type[0])}{type[1..]}";

    public static PathKind KindOfType(string type) =>
        Primitives.TryGetValue(type, out var kind) ? kind : type is "Quantity" or "Age" or "Duration" or "Count" or "Distance" or "SimpleQuantity" ? PathKind.Quantity : PathKind.Complex;

    public static PathKind KindOfName(string name) =>
        DateNames.Contains(name) ? PathKind.Date : DateTimeNames.Contains(name) ? PathKind.DateTime : PathKind.Unknown;

    /// <summary>A type as views write it, without the address it may begin with.</summary>
    public static string Plain(string type) =>
        type.StartsWith(ElementPrefix, StringComparison.Ordinal) ? type[ElementPrefix.Length..]
        : type.StartsWith(SystemPrefix, StringComparison.Ordinal) ? type[SystemPrefix.Length..] : type;

    private static FrozenSet<string> Words(string text) =>
        text.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);
}
