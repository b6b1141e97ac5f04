using Tributary.Core.Text;

namespace Tributary.Core.Forms;

/// <summary>The <c>forms:</c> entry of tributary.yml: which stream holds reports and the definitions of their forms.</summary>
public sealed record FormsConfig(
    SourcePosition At,
    [Description("The stream of the database with reports, form documents and settings, such as cht.medic.")] string Stream,
    [Description("Folder or file below the project with definitions that are known without a warehouse: XForms (form.xml) and settings (.json).")] string? Definitions = null,
    [Description("What the names of the tables begin with.")] string Prefix = "formview_",
    [Description("Folder below models/ whose configuration the tables take.")] string Folder = "forms",
    [Description("Name of the table with every column, its labels and its choices.")] string Dictionary = "form_dictionary");
