using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ExEngine.Core.Data.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class Preferences : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "preferences",
                columns: table => new
                {
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    time_zone = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true),
                    numbers = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    colours = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    confirm_paper_orders = table.Column<bool>(type: "boolean", nullable: false),
                    confirm_paper_closes = table.Column<bool>(type: "boolean", nullable: false),
                    confirm_paper_cancels = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_preferences", x => x.user_id);
                    table.ForeignKey(
                        name: "fk_preferences_users_user_id",
                        column: x => x.user_id,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "preferences");
        }
    }
}
